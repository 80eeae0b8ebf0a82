package dev.gatun.cli;

import dev.gatun.data.time.DataException.Setting;

/** What the command line calls the settings that messages about data name. */
final class OptionWords {

    private OptionWords() {}

    static String of(Setting setting) {
        return switch (setting) {
            case SORTED -> "--sort";
            case UNDATED -> "name the inputs with --columns and leave out --date";
            case LONGEST_STEP -> "--max-step";
            case WINDOW -> "--window";
            case VALIDATION -> "--validation";
            case TEST -> "--test";
            case MISSING -> "--missing drop or --missing interpolate";
        };
    }
}
