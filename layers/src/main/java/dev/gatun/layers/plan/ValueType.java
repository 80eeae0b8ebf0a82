package dev.gatun.layers.plan;

/** What the numbers of a value are; each takes four bytes. */
public enum ValueType {

    /** float32, in rows of features. */
    FLOAT32,
    /** int32, for example numbers of tokens; each is a row. */
    INT32,
    /** 1 where a step counts and 0 where it does not; each is a row. */
    MASK;

    /** {@return whether the last axis are columns of a row; otherwise every number is a row} */
    public boolean hasColumns() {
        return this == FLOAT32;
    }
}
