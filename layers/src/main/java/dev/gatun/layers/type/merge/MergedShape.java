package dev.gatun.layers.type.merge;

import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import java.util.List;

/** The shape of what is merged number by number: sizes are equal or 1; a value of fewer axes lacks those behind the batch. */
final class MergedShape {

    private static final int LOWEST_RANK = 2;
    private static final int HIGHEST_RANK = 4;

    private MergedShape() {}

    /** @throws ShapeException if they do not go together */
    static Shape of(String who, List<Shape> shapes) {
        Shape merged = shapes.getFirst();
        for (Shape shape : shapes) {
            if (shape.rank() < LOWEST_RANK || shape.rank() > HIGHEST_RANK) {
                throw new ShapeException(who + " merges values [batch, features], [batch, time, features] or "
                        + "[batch, time, steps, features], got shape " + shape + " of rank " + shape.rank()
                        + "; reshape the data");
            }
            merged = both(who, shapes, merged, shape);
        }
        return merged;
    }

    private static Shape both(String who, List<Shape> all, Shape one, Shape other) {
        if (one.rank() < other.rank()) {
            return both(who, all, other, one);
        }
        Shape merged = one.with(0, batch(who, all, one.dim(0), other.dim(0)));
        for (int axis = 1; axis < other.rank(); axis++) {
            merged = merged.with(-axis, size(who, all, one.dim(-axis), other.dim(-axis)));
        }
        return merged;
    }

    private static long batch(String who, List<Shape> all, long one, long other) {
        if (one != Shape.UNKNOWN && other != Shape.UNKNOWN && one != other) {
            throw new ShapeException(who + " merges values of the same samples, got shapes " + all
                    + "; give them equal batches");
        }
        return one == Shape.UNKNOWN ? other : one;
    }

    /** A size that is not known yet is 1 or that of the other one, if that is not 1. */
    private static long size(String who, List<Shape> all, long one, long other) {
        if (one == other || other == 1) {
            return one;
        }
        if (one == 1) {
            return other;
        }
        if (one == Shape.UNKNOWN || other == Shape.UNKNOWN) {
            return Math.max(one, other);
        }
        throw new ShapeException(who + " merges values whose sizes are equal or 1, got shapes " + all
                + "; make them equal, for example with a Dense");
    }

    /** What holds all of them, each as long as it may be: a plan's largest sizes need not go together. */
    static Shape capacity(List<Shape> shapes) {
        Shape most = shapes.getFirst();
        for (Shape shape : shapes) {
            Shape more = shape.rank() > most.rank() ? shape : most;
            Shape less = more == shape ? most : shape;
            for (int axis = 1; axis < less.rank(); axis++) {
                more = more.with(-axis, Math.max(more.dim(-axis), less.dim(-axis)));
            }
            most = more.with(0, Math.max(more.dim(0), less.dim(0)));
        }
        return most;
    }
}
