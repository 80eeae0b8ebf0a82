package dev.gatun.tests.gradients;

import dev.gatun.tests.fixture.Measure;
import dev.gatun.tests.reference.RefGraph;
import dev.gatun.tests.reference.RefTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * How well a stack's numbers are determined by what is given: how far those of the reference move when every weight and input
 * moves by half of a float's last place. An LSTM's sum {@code forget * c + input * candidate} may cancel, and what is left
 * then carries the roundings of what went into it; no float engine, however exact, comes nearer to the reference than that.
 */
final class StackCondition {

    /** Half of the distance from 1 to the next float. */
    private static final double HALF_ULP = 0x1p-24;

    private static final int DRAWS = 8;

    /**
     * How many times the spread an engine may be off: it rounds each of some tens of terms a number is made of, while the
     * spread rounds what they are made of once.
     */
    private static final double ROUNDINGS = 16;

    private final StackPlan plan;
    private final StackModel stack;
    private final List<float[]> cotangents;
    private List<StackReference> moved;
    private List<RefGraph.Gradients> movedGradients;

    StackCondition(StackPlan plan, StackModel stack, List<float[]> cotangents) {
        this.plan = plan;
        this.stack = stack;
        this.cotangents = cotangents;
    }

    /** Holds an output against the reference's, within the limit or within what the condition allows. */
    void requireOutput(double limit, int index, float[] got, double[] expected) {
        require(limit, "output " + index, got, expected, draw -> references().get(draw).output(index));
    }

    /** The same for a gradient under its name in the reference. */
    void requireGradient(double limit, String name, float[] got, double[] expected) {
        require(limit, "gradient of " + name, got, expected,
                draw -> gradients().get(draw).has(name) ? gradients().get(draw).of(name) : expected);
    }

    /** The spread costs eight runs of the reference, so it is looked at only where the limit is not enough. */
    private void require(double limit, String what, float[] got, double[] expected, Function<Integer, double[]> at) {
        if (Measure.relative(got, expected) <= limit) {
            return;
        }
        double spread = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            spread = Math.max(spread, Measure.relative(at.apply(draw), expected));
        }
        Measure.within(Math.max(limit, ROUNDINGS * spread), what, got, expected);
    }

    private List<StackReference> references() {
        if (moved == null) {
            moved = new ArrayList<>();
            Random random = new Random(plan.seed());
            for (int draw = 0; draw < DRAWS; draw++) {
                moved.add(new StackReference(plan, stack, given -> move(given, random)));
            }
        }
        return moved;
    }

    private List<RefGraph.Gradients> gradients() {
        if (movedGradients == null) {
            movedGradients = references().stream().map(reference -> reference.gradients(cotangents)).toList();
        }
        return movedGradients;
    }

    private static RefTensor move(RefTensor given, Random random) {
        double[] values = given.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] *= random.nextBoolean() ? 1 + HALF_ULP : 1 - HALF_ULP;
        }
        return new RefTensor(given.shape(), values);
    }
}
