package dev.gatun.tests.attack;

/** How much of an attack is made: a little in every build, all of it with {@code -Pthorough}. */
final class Dose {

    private Dose() {}

    static boolean isThorough() {
        return Boolean.getBoolean("gatun.thorough");
    }

    static int of(int little, int thorough) {
        return isThorough() ? thorough : little;
    }
}
