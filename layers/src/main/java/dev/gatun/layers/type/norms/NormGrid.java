package dev.gatun.layers.type.norms;

import dev.gatun.layers.InputShapes;
import dev.gatun.layers.operation.WeightGrid;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import java.util.Collections;

/**
 * A form at a shape.
 *
 * @param boxes   of numbers that are normalized together
 * @param weights which of them is a number's; null for a layer without
 */
record NormGrid(Boxes boxes, WeightGrid weights) {

    /**
     * For what a call reads.
     *
     * @param shape [B,F] or [B,T,F]
     * @throws ShapeException if the axes are not there, are not known where they must be, or do not make whole groups
     */
    static NormGrid of(NormForm form, String name, Shape shape) {
        boolean ofSteps = false;
        boolean ofFeatures = false;
        for (int axis : form.axes()) {
            int place = axis < 0 ? axis + shape.rank() : axis;
            if (place < 1 || place >= shape.rank()) {
                throw new ShapeException(form.kind() + " '" + name + "' normalizes along axis " + axis
                        + ", which values of shape " + shape
                        + " do not have besides that of the samples; give axis -1, "
                        + "that of the features");
            }
            boolean isOfFeatures = place == shape.rank() - 1;
            if (isOfFeatures ? ofFeatures : ofSteps) {
                throw new ShapeException(form.kind() + " '" + name + "' normalizes along axes " + form.axes()
                        + ", of which two are the same in values of shape " + shape + "; give each once");
            }
            ofFeatures |= isOfFeatures;
            ofSteps |= !isOfFeatures;
        }
        WeightGrid weights = null;
        if (!form.learned().isEmpty()) {
            requireOrder(form, name);
            weights = weights(form, name, shape, ofSteps, ofFeatures);
        }
        return new NormGrid(form.groups() == NormForm.NO_GROUPS
                ? new Boxes(ofSteps ? Boxes.ALL : 1, ofFeatures ? Boxes.ALL : 1)
                : groups(form, name, shape, ofSteps), weights);
    }

    /** Keras sorts the axes as they are written, -1 before 1, and takes the weights for it. */
    private static void requireOrder(NormForm form, String name) {
        if (Collections.min(form.axes()) < 0 && Collections.max(form.axes()) > 0) {
            throw new ShapeException(form.kind() + " '" + name + "' normalizes along axes " + form.axes()
                    + ", of which Keras orders the weights otherwise than the numbers; count all from the same end");
        }
    }

    private static WeightGrid weights(NormForm form, String name, Shape shape, boolean ofSteps, boolean ofFeatures) {
        int features = InputShapes.features(form.kind(), name, shape);
        if (!ofSteps) {
            return WeightGrid.ofFeatures(features);
        }
        int steps = steps(form, name, shape);
        return ofFeatures ? WeightGrid.ofBoth(steps, features) : WeightGrid.ofSteps(steps);
    }

    private static int steps(NormForm form, String name, Shape shape) {
        if (shape.dim(1) == Shape.UNKNOWN || shape.dim(1) == 0) {
            throw new ShapeException(
                    form.kind() + " '" + name + "' has something for each step, so it needs to know how "
                            + "many there are, at least 1, got shape " + shape + "; give Input a number of steps");
        }
        return Math.toIntExact(shape.dim(1));
    }

    private static Boxes groups(NormForm form, String name, Shape shape, boolean ofSteps) {
        int size = ofSteps ? steps(form, name, shape) : InputShapes.features(form.kind(), name, shape);
        int groups = form.groups() < 0 ? size : form.groups();
        if (size % groups != 0) {
            throw new ShapeException(form.kind() + " '" + name + "' makes " + groups + " even groups of the " + size
                    + (ofSteps ? " steps" : " features") + " of shape " + shape
                    + ", which cannot be; give a number of groups that "
                    + "divides " + size);
        }
        return ofSteps ? new Boxes(size / groups, Boxes.ALL) : new Boxes(Boxes.ALL, size / groups);
    }
}
