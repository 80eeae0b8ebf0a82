package dev.gatun.layers.type.attention;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.block.BlockArithmetic;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.layers.plan.WeightPlaces;
import java.lang.foreign.MemorySegment;

/**
 * The weights of the scores. Each sample has a row for what it adds to their gradients, and the rows are added in order, so that
 * it does not matter which thread has made them.
 *
 * @param form       which weights there are
 * @param width      H
 * @param places     where they lie
 * @param parameters the weights themselves
 * @param rows       of what samples add, or null without a way back
 * @param gradients  of the weights, or null if they are not trained
 */
record ScoreWeights(
        AttentionForm form, int width, WeightPlaces places, MemorySegment parameters, RowsView rows,
        MemorySegment gradients) {

    /** Floats that a sample needs. */
    static int floats(AttentionForm form, int width) {
        return form.fit() == AttentionForm.Fit.ADDITIVE ? Strips.padded(width) : Strips.WIDTH;
    }

    /** The weight of a feature, or of all. */
    float scale(int feature) {
        return form.scaled() ? get(parameters, places.at(0), feature) : 1f;
    }

    float concat() {
        return form.fit() == AttentionForm.Fit.CONCAT ? get(parameters, places.at(form.scaled() ? 1 : 0), 0) : 1f;
    }

    private static float get(MemorySegment segment, long at, int index) {
        return segment.get(JAVA_FLOAT, at + (long) index * Float.BYTES);
    }

    boolean haveGradients() {
        return gradients != null;
    }

    void clear(int sample) {
        for (int i = 0; haveGradients() && i < floats(form, width); i++) {
            rows.segment().set(JAVA_FLOAT, rows.at(sample) + (long) i * Float.BYTES, 0f);
        }
    }

    /** To what a sample adds: of a sum by tanh first the scale, then the weight of the sum. */
    void add(int sample, int index, float gradient) {
        if (haveGradients()) {
            long at = rows.at(sample) + (long) index * Float.BYTES;
            rows.segment().set(JAVA_FLOAT, at, rows.segment().get(JAVA_FLOAT, at) + gradient);
        }
    }

    void sum(int samples) {
        for (int sample = 0; haveGradients() && sample < samples; sample++) {
            if (form.fit() == AttentionForm.Fit.ADDITIVE && form.scaled()) {
                BlockArithmetic.add(rows.segment(), rows.at(sample), gradients, places.at(0), Strips.padded(width));
            } else if (form.scaled()) {
                addNumber(sample, 0, places.at(0));
            }
            if (form.fit() == AttentionForm.Fit.CONCAT) {
                addNumber(sample, 1, places.at(form.scaled() ? 1 : 0));
            }
        }
    }

    private void addNumber(int sample, int index, long to) {
        gradients.set(JAVA_FLOAT, to, gradients.get(JAVA_FLOAT, to) + get(rows.segment(), rows.at(sample), index));
    }
}
