package dev.gatun.memory.check;

/** The check at the door of a public method for a number that chooses one of several. Allocates nothing. */
public final class IndexCheck {

    private IndexCheck() {}

    /**
     * @param index    what the caller gave
     * @param count    how many there are
     * @param method   whose argument it is: {@code "Execution.input"}
     * @param argument its name
     * @param what     what is chosen, in the singular: {@code "input"}
     * @return the index
     * @throws IndexOutOfBoundsException if there is none of this number, saying which there are
     */
    public static int of(int index, int count, String method, String argument, String what) {
        if (index < 0 || index >= count) {
            throw new IndexOutOfBoundsException(method + ": " + argument + " is " + index + ", but there "
                    + (count == 1 ? "is 1 " + what : "are " + count + " " + what + "s")
                    + (count == 0 ? "" : count == 1 ? "; give 0" : "; give 0 to " + (count - 1)));
        }
        return index;
    }
}
