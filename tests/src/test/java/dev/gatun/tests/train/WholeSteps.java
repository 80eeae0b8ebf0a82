package dev.gatun.tests.train;

import dev.gatun.layers.train.Clipping;
import dev.gatun.layers.train.Optimizer;
import dev.gatun.layers.train.WithoutGradient;
import dev.gatun.memory.ParameterBlock;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An optimizer that says nothing of numbers without a gradient, so that its steps go through all of them: what those of the
 * optimizer within are held to. It counts what it is asked for.
 */
record WholeSteps(Optimizer within, boolean isSilent, AtomicLong floats) implements Optimizer {

    static WholeSteps of(Optimizer within) {
        return new WholeSteps(within, true, new AtomicLong());
    }

    /** Says what the optimizer within says. */
    static WholeSteps counting(Optimizer within) {
        return new WholeSteps(within, false, new AtomicLong());
    }

    @Override
    public String className() {
        return within.className();
    }

    @Override
    public double learningRate() {
        return within.learningRate();
    }

    @Override
    public Optimizer learningRate(double rate) {
        return new WholeSteps(within.learningRate(rate), isSilent, floats);
    }

    @Override
    public Clipping clipping() {
        return within.clipping();
    }

    @Override
    public List<String> slotNames() {
        return within.slotNames();
    }

    @Override
    public float slotStart() {
        return within.slotStart();
    }

    @Override
    public WithoutGradient withoutGradient() {
        return isSilent ? Optimizer.super.withoutGradient() : within.withoutGradient();
    }

    @Override
    public void write(Map<String, Object> config) {
        within.write(config);
    }

    @Override
    public void update(MemorySegment weights, MemorySegment gradients, ParameterBlock[] slots, long atBytes, int count,
            long step) {
        floats.addAndGet(count);
        within.update(weights, gradients, slots, atBytes, count, step);
    }
}
