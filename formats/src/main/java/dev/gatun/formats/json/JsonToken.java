package dev.gatun.formats.json;

/** A piece of a JSON text. */
public enum JsonToken {
    /** An object begins. */
    OBJECT,
    /** An object ends. */
    OBJECT_END,
    /** An array begins. */
    ARRAY,
    /** An array ends. */
    ARRAY_END,
    /** The key of a pair; its value follows. */
    KEY,
    /** A string. */
    TEXT,
    /** A number without fraction and exponent. */
    WHOLE,
    /** Any other number. */
    DECIMAL,
    /** {@code true} */
    TRUE,
    /** {@code false} */
    FALSE,
    /** {@code null} */
    NULL,
    /** Nothing follows. */
    END
}
