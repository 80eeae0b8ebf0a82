package dev.gatun.layers.value;

import dev.gatun.memory.check.Arguments;
import java.util.Locale;

/** What the numbers of a value are; each takes four bytes in memory. */
public enum ValueType {

    /** float32, in rows of features. */
    FLOAT32,
    /** int32, for example numbers of tokens; each is a row. */
    INT32,
    /** 1 where a step counts and 0 where it does not; each is a row. */
    MASK;

    /** {@return Keras's name of it, as in {@code dtype}} */
    public String keyword() {
        return this == MASK ? "bool" : name().toLowerCase(Locale.ROOT);
    }

    /** {@return whether the last axis are columns of a row; otherwise every number is a row} */
    public boolean hasColumns() {
        return this == FLOAT32;
    }

    /**
     * The type of a keyword.
     *
     * @param keyword Keras's name of it
     * @return null if there is none
     */
    public static ValueType of(String keyword) {
        Arguments.required(keyword, "ValueType.of", "keyword", "for example float32");
        for (ValueType type : values()) {
            if (type.keyword().equals(keyword.toLowerCase(Locale.ROOT))) {
                return type;
            }
        }
        return null;
    }
}
