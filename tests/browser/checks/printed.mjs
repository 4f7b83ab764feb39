// On paper there are no menus, and there is the text.

export const name = 'printed';

/** Looks at the page as it would be printed. */
export async function look(tab) {
  await tab.emulateMedia({ media: 'print' });
  const faults = await tab.evaluate(() => {
    const isSeen = it => it.checkVisibility();
    const menus = [...document.querySelectorAll('header nav, footer nav, .skip')].filter(it => !it.closest('main') && isSeen(it));
    const main = document.querySelector('main');
    return [
      ...menus.map(it => ({ selector: `${it.parentElement.localName} ${it.localName}`, wrong: 'it is printed' })),
      ...(main && isSeen(main) ? [] : [{ selector: 'main', wrong: 'it is not printed' }]),
    ];
  });
  await tab.emulateMedia({ media: 'screen' });
  return faults;
}
