package dev.gatun.layers.runtime;

/** Tells what did not fit into memory, how much of it was asked for and how much is there. */
final class NoRoom {

    private NoRoom() {}

    /**
     * @param what  the sentences that name what did not fit, its size and the fix
     * @param cause what an arena said, which tells the rest, or the JVM about its heap
     */
    static OutOfMemoryError of(String what, OutOfMemoryError cause) {
        boolean isPlain = cause.getMessage() == null || cause.getMessage().equals("Java heap space")
                || cause.getMessage().startsWith("Requested array size");
        OutOfMemoryError told = new OutOfMemoryError(what + " " + (isPlain ? heap() : cause.getMessage()));
        told.initCause(cause);
        return told;
    }

    private static String heap() {
        Runtime jvm = Runtime.getRuntime();
        return "The Java heap has " + (jvm.maxMemory() - jvm.totalMemory() + jvm.freeMemory()) + " bytes left of "
                + jvm.maxMemory() + "; give the JVM more with -Xmx";
    }
}
