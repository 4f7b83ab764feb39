//! Has the program built anew when a file comes to the default theme or goes: `include_dir` sees only changes of the ones it knew.

fn main() {
    println!("cargo::rerun-if-changed=themes/civic");
}
