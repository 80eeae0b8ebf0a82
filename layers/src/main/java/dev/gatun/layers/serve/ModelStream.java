package dev.gatun.layers.serve;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.team.Team;
import dev.gatun.layers.model.Execution;
import dev.gatun.layers.model.Graph;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.plan.Purpose;
import dev.gatun.layers.plan.Value;
import dev.gatun.layers.rnn.Lstm;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.check.Arguments;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * One time step per call, with the state of every recurrent layer kept from step to step: the results are the bits of one
 * call over the whole sequence. A step allocates nothing. One thread at a time; several streams share a model's weights.
 */
public final class ModelStream implements AutoCloseable {

    private final Team team;
    private final Execution execution;
    private final Value input;
    private final Value output;

    /**
     * @param batch   sequences in parallel
     * @param threads how many share a step, the caller among them
     * @throws IllegalArgumentException if the model cannot run step by step, saying why
     */
    public ModelStream(Model model, int batch, int threads) {
        Arguments.required(model, "ModelStream", "model", "an open model");
        if (batch < 1) {
            throw new IllegalArgumentException("A stream of model '" + model.name()
                    + "' runs at least 1 sequence, got " + batch);
        }
        requireSteps(model);
        Shape step = model.inputShapes().getFirst().with(0, batch).with(1, 1);
        this.team = new Team(threads);
        try {
            this.execution = model.newExecution(List.of(step), Purpose.STREAMING, team);
        } catch (RuntimeException | Error failed) {
            team.close();
            throw failed;
        }
        this.input = execution.input(0);
        this.output = execution.output(0);
        reset();
    }

    private static void requireSteps(Model model) {
        Graph graph = model.graph();
        if (graph.inputs().size() != 1 || graph.outputs().size() != 1 || graph.inputShape(0).rank() != 3) {
            throw new IllegalArgumentException(
                    "A stream feeds one sequence in and takes one value out; model '" + model.name()
                            + "' has inputs " + graph.inputs().size() + " of shapes " + model.inputShapes() + " and "
                            + graph.outputs().size() + " outputs");
        }
        for (Graph.Step step : graph.steps()) {
            if (graph.layerOf(step).layer() instanceof Lstm lstm) {
                String name = graph.layerOf(step).name();
                if (lstm.backwards()) {
                    throw new IllegalArgumentException(
                            "LSTM '" + name + "' goes backwards: it needs the end of the sequence first, "
                                    + "so it cannot run step by step");
                }
                if (step.inputs().size() == 3) {
                    throw new IllegalArgumentException(
                            "LSTM '" + name + "' begins at a state computed from a whole sequence, so it "
                                    + "cannot run step by step");
                }
                if (step.callIndex() > 0) {
                    throw new IllegalArgumentException(
                            "LSTM '" + name + "' is used twice; a stream keeps one state per layer");
                }
            }
        }
    }

    /** Floats of one step's input: B times I. */
    public int inputLength() {
        return Math.multiplyExact(input.batch(), input.columns());
    }

    /** Floats of one step's output: B times the output's features. */
    public int outputLength() {
        return Math.multiplyExact(output.batch(), output.columns());
    }

    /**
     * Feeds one time step.
     *
     * @param x       [B,I] floats
     * @param result  [B,N] floats, written
     * @throws ShapeException if a segment is too small
     */
    public void step(MemorySegment x, MemorySegment result) {
        Arguments.required(x, "ModelStream.step", "x", "a segment of the floats of one step");
        Arguments.required(result, "ModelStream.step", "result", "a segment for the floats of the result");
        if (result.isReadOnly()) {
            throw new IllegalArgumentException("A step writes its result, but the segment given for it is read-only");
        }
        if (x.byteSize() < (long) inputLength() * Float.BYTES
                || result.byteSize() < (long) outputLength() * Float.BYTES) {
            throw new ShapeException(
                    "A step reads " + inputLength() + " and writes " + outputLength() + " floats, got segments of "
                            + x.byteSize() / Float.BYTES + " and " + result.byteSize() / Float.BYTES + " floats");
        }
        if (!execution.isOpen()) {
            throw new IllegalStateException("The stream's memory has been freed: the stream or its model is closed");
        }
        execution.loadStep(x);
        execution.forward();
        execution.readStep(result);
        execution.fresh(false);
    }

    /** Feeds zeros until the JVM has compiled what a step needs and steps become no faster, then goes back to the beginning. */
    public WarmUp warmUp() {
        try (Arena arena = Arena.ofShared()) {
            MemorySegment x = arena.allocate(JAVA_FLOAT, inputLength());
            MemorySegment result = arena.allocate(JAVA_FLOAT, outputLength());
            return WarmUp.of(() -> step(x, result), WarmUp.LIMIT);
        } finally {
            reset();
        }
    }

    /** Back to the beginning: states become zero. */
    public void reset() {
        execution.fresh(true);
    }

    @Override
    public void close() {
        execution.close();
        team.close();
    }
}
