/// The command `gatun`.
module dev.gatun.cli {
    requires dev.gatun.formats;
    requires info.picocli;

    opens dev.gatun.cli to
            info.picocli;
}
