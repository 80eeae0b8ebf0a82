package dev.gatun.layers.type.dot;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.operation.Grid;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.Value;

/** What a value is for one sample: a matrix, [vectors, depth], whose depth is the axis that is summed over. */
final class SampleMatrix {

    private final Value value;
    private final int depthPlace;
    private final int vectorPlace;
    private final Grid grid;
    private RowsView rows;
    private RowsView gradient;
    private boolean add;

    /** @param axis that is summed over, counted from the batch */
    SampleMatrix(Value value, int axis) {
        this.value = value;
        this.grid = new Grid(value);
        this.depthPlace = Grid.place(axis, value.shape().rank());
        // Of a flat value the axis before the last has one index.
        this.vectorPlace = depthPlace == Grid.AXES - 1 ? Grid.AXES - 2 : Grid.AXES - 1;
    }

    void bind(RowsView numbers, RowsView gradients, boolean adds) {
        this.rows = numbers;
        this.gradient = gradients;
        this.add = adds;
    }

    void resize() {
        grid.resize();
    }

    int depth() {
        return grid.size(depthPlace);
    }

    int vectors() {
        return grid.size(vectorPlace);
    }

    boolean wantsGradient() {
        return gradient != null;
    }

    void beginGradient() {
        if (!add) {
            RowCopy.clear(gradient, value.rows(), value.columns());
        }
    }

    private long offset(int sample, int vector, int at) {
        return sample * grid.bytes(0) + vector * grid.bytes(vectorPlace) + at * grid.bytes(depthPlace);
    }

    float number(int sample, int vector, int at) {
        return rows.segment().get(JAVA_FLOAT, rows.at(0) + offset(sample, vector, at));
    }

    void give(int sample, int vector, int at, float part) {
        long place = gradient.at(0) + offset(sample, vector, at);
        gradient.segment().set(JAVA_FLOAT, place, gradient.segment().get(JAVA_FLOAT, place) + part);
    }

    /** One over the length of a vector. */
    float inverseLength(int sample, int vector) {
        double squares = 0;
        for (int at = 0; at < depth(); at++) {
            double number = number(sample, vector, at);
            squares += number * number;
        }
        return Lengths.inverse(squares);
    }
}
