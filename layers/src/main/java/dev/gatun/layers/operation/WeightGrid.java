package dev.gatun.layers.operation;

import dev.gatun.engine.gemm.Strips;
import dev.gatun.engine.gemm.WeightLayout;
import dev.gatun.memory.Shape;

/** Weights of which each number of a sample [T,F] has one: by its feature, by its step, by both, or all the same. */
public final class WeightGrid {

    private enum Along {
        NOTHING, STEPS, FEATURES
    }

    private final Shape shape;
    private final WeightLayout layout;
    private final Strips strips;
    private final Along rows;
    private final Along columns;

    private WeightGrid(Shape shape, Along rows, Along columns) {
        this.shape = shape;
        this.rows = rows;
        this.columns = columns;
        int height = shape.rank() > 1 ? Math.toIntExact(shape.dim(0)) : 1;
        this.layout = WeightLayout.plain(height, Math.toIntExact(shape.last()));
        this.strips = layout.strips();
    }

    /**
     * One for each feature.
     *
     * @param features F
     * @return weights [F]
     */
    public static WeightGrid ofFeatures(int features) {
        return new WeightGrid(Shape.of(features), Along.NOTHING, Along.FEATURES);
    }

    /**
     * One for each step.
     *
     * @param steps T
     * @return weights [T]
     */
    public static WeightGrid ofSteps(int steps) {
        return new WeightGrid(Shape.of(steps), Along.NOTHING, Along.STEPS);
    }

    /**
     * One for each feature of each step.
     *
     * @param steps    T
     * @param features F
     * @return weights [T,F]
     */
    public static WeightGrid ofBoth(int steps, int features) {
        return new WeightGrid(Shape.of(steps, features), Along.STEPS, Along.FEATURES);
    }

    /**
     * One for each number of a sample, or for several along an axis.
     *
     * @param shape [F] or [T,F]; an axis of 1 is shared
     * @return weights of that shape
     */
    public static WeightGrid shared(Shape shape) {
        boolean hasSteps = shape.rank() > 1 && shape.dim(0) > 1;
        return new WeightGrid(shape, hasSteps ? Along.STEPS : Along.NOTHING,
                shape.last() > 1 ? Along.FEATURES : Along.NOTHING);
    }

    /**
     * The public shape.
     *
     * @return as Keras has it
     */
    public Shape shape() {
        return shape;
    }

    /**
     * How they lie in the parameters.
     *
     * @return of {@link #shape}
     */
    public WeightLayout layout() {
        return layout;
    }

    /**
     * Whether each step has one of its own.
     *
     * @return false if all steps have the same
     */
    public boolean hasSteps() {
        return rows == Along.STEPS || columns == Along.STEPS;
    }

    /**
     * Where the weight of a number lies.
     *
     * @param step    counted from 0
     * @param feature counted from 0
     * @return bytes from where the weights begin
     */
    public long bytes(int step, int feature) {
        int row = rows == Along.STEPS ? step : 0;
        int column = columns == Along.FEATURES ? feature : columns == Along.STEPS ? step : 0;
        return strips.index(row, column) * Float.BYTES;
    }
}
