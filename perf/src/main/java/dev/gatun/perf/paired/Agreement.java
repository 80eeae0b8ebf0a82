package dev.gatun.perf.paired;

/** No time counts before the results agree. */
final class Agreement {

    /** What other orders of summation and other polynomials may differ. */
    private static final double TOLERANCE = 1e-4;
    /** After steps of Adam, which divides each gradient by its own size and so makes roundings of tiny ones large. */
    private static final double TRAINED = 1e-4;
    private static final int STEPS = 10;
    private static final int TRAINING_STEPS = 5;

    private Agreement() {}

    /** @throws IllegalStateException if the two differ, naming the worst element */
    static void require(Task task, String peer, Contender ours, Contender theirs) {
        String what = task.title() + " of " + Ours.NAME + " and " + peer;
        switch (task.kind()) {
            case TRAIN -> {
                compare(what + ", loss and gradients", ours.result(), theirs.result(), TOLERANCE);
                for (int step = 0; step < TRAINING_STEPS; step++) {
                    ours.run();
                    theirs.run();
                }
                compare(what + ", loss after " + TRAINING_STEPS + " steps", new float[] {ours.result()[0]},
                        new float[] {theirs.result()[0]}, TRAINED);
            }
            case PREDICT -> {
                // Before the first training step: weights and targets are the same.
                ours.run();
                compare(what + ", loss", ours.result(), new float[] {theirs.result()[0]}, TOLERANCE);
            }
            case STEP -> {
                for (int step = 0; step < STEPS; step++) {
                    ours.run();
                    theirs.run();
                    compare(what + ", step " + step, ours.result(), theirs.result(), TOLERANCE);
                }
            }
            default -> {
                ours.run();
                theirs.run();
                compare(what, ours.result(), theirs.result(), TOLERANCE);
            }
        }
    }

    /** Relative to the element, or to the root mean square of all where the element is smaller. */
    private static void compare(String what, float[] ours, float[] theirs, double tolerance) {
        if (ours.length != theirs.length) {
            throw new IllegalStateException(what + ": " + ours.length + " and " + theirs.length + " numbers");
        }
        double squares = 0;
        for (float value : theirs) {
            squares += (double) value * value;
        }
        double size = Math.sqrt(squares / theirs.length);
        double worst = 0;
        int place = 0;
        for (int i = 0; i < ours.length; i++) {
            double distance = Math.abs(ours[i] - theirs[i]) / Math.max(size, Math.abs(theirs[i]));
            if (!(distance <= worst)) {
                worst = distance;
                place = i;
            }
        }
        // Zeros everywhere agree with anything that does nothing.
        if (!(worst <= tolerance) || size == 0) {
            throw new IllegalStateException(what + " differ: at " + place + " of " + ours.length + " ours is "
                    + ours[place] + ", theirs " + theirs[place] + ", " + worst + " relative; allowed is " + tolerance
                    + ". No time counts");
        }
    }
}
