package dev.gatun.data.time;

import dev.gatun.memory.check.Arguments;
import java.io.Serializable;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Data that cannot be what they should be. The message is one sentence: where, what is wrong, expected and got, the fix. It may
 * name settings; a program that calls them something else, such as the options of a command, can say them in its own words.
 */
public final class DataException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** What a message may advise to set. */
    public enum Setting {
        /** That rows may stand in any order. */
        SORTED("DateRules.sorted(true)"),
        /** That a series has no dates. */
        UNDATED("make the series without dates"),
        /** From which distance on rows have a hole between them. */
        LONGEST_STEP("the longest step"),
        /** How many rows a model sees. */
        WINDOW("window"),
        /** Which share of the rows chooses the best epoch. */
        VALIDATION("validation"),
        /** Which share of the rows is held out. */
        TEST("test"),
        /** What is done about cells without a value. */
        MISSING("Missing.DROP or Missing.INTERPOLATE");

        private final String words;

        Setting(String words) {
            this.words = words;
        }

        /**
         * What a message calls it.
         *
         * @return a few words
         */
        public String words() {
            return words;
        }
    }

    private final Serializable[] parts;

    /**
     * A refusal.
     *
     * @param parts of the sentence, in order: text and {@link Setting}s
     */
    public DataException(Serializable... parts) {
        super(joined(Arguments.all(parts, "DataException", "parts", "text and settings").toArray(Serializable[]::new),
                Setting::words));
        this.parts = parts.clone();
    }

    /**
     * The sentence in other words for settings.
     *
     * @param words of a setting
     * @return one sentence
     */
    public String message(Function<Setting, String> words) {
        Arguments.required(words, "DataException.message", "words", "what each setting is called, Setting::words");
        return joined(parts, words);
    }

    private static String joined(Serializable[] parts, Function<Setting, String> words) {
        return Arrays.stream(parts)
                .map(part -> part instanceof Setting setting ? words.apply(setting) : String.valueOf(part))
                .collect(Collectors.joining());
    }
}
