package dev.gatun.layers.type.category;

/** Where whole numbers stand in a vector, or which ids they have. */
interface TokenCodes {

    /** Says that a number does not count. */
    int DROPPED = -1;
    /** Says that there is no place for a number. */
    int UNKNOWN = -2;

    /** {@return the place, from 0; {@link #DROPPED} or {@link #UNKNOWN} if it has none} */
    int code(int token);
}
