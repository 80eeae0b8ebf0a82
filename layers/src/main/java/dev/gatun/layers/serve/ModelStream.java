package dev.gatun.layers.serve;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.team.Team;
import dev.gatun.layers.runtime.Network;
import dev.gatun.layers.runtime.SingleUser;
import dev.gatun.layers.runtime.StreamState;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.check.Arguments;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * One time step per call, with the state of every recurrent layer kept from step to step: the results are the bits of one
 * call over the whole sequence. A step that a mask leaves out, as a {@link dev.gatun.layers.Masking} makes one, changes no state.
 * A step allocates nothing. One thread at a time; a second one is refused with a clear message.
 * Streams share a model's weights and plans: one more costs what it carries and little else. A call that is refused, or
 * fails, changes nothing: the next step goes on as if it had not been made.
 */
@SuppressWarnings("exports") // the network is for Gatun's own modules
public final class ModelStream implements AutoCloseable {

    private final Network network;
    private final SingleUser user;
    /** Null if the calling thread alone runs the steps. */
    private final Team team;
    private final StreamState state;
    private final int batch;
    private final int inputLength;
    private final int outputLength;

    /**
     * As {@link dev.gatun.layers.model.Model#stream(int, int)}.
     *
     * @param network whose weights are used
     * @param batch   sequences in parallel, at least 1
     * @param threads how many share a step, 1 to 1024, the calling thread among them
     * @throws IllegalArgumentException if a number is out of range or the model cannot run step by step, saying why
     * @throws IllegalStateException    if the model is closed
     */
    public ModelStream(Network network, int batch, int threads) {
        Arguments.required(network, "ModelStream", "network", "that of an open model");
        if (batch < 1) {
            throw new IllegalArgumentException("A stream of model '" + network.name()
                    + "' runs at least 1 sequence, got " + batch);
        }
        network.requireSteps();
        this.network = network;
        this.batch = batch;
        this.user = network.users().open("Stream", "model.stream()");
        this.team = threads == 1 ? null : new Team(threads);
        this.state = planned();
        this.inputLength = state.inputLength();
        this.outputLength = state.outputLength();
    }

    /** Another thread may have closed the model since the threads were started. */
    private StreamState planned() {
        try {
            user.enter("plan it");
            try {
                StreamState planned = network.streamState(batch, team);
                planned.plan();
                return planned;
            } finally {
                user.exit();
            }
        } catch (RuntimeException | Error failed) {
            endThreads();
            throw failed;
        }
    }

    /**
     * The size of one step's input [B,I], or of ids [B].
     *
     * @return B times I floats, or B ints
     */
    public int inputLength() {
        return inputLength;
    }

    /**
     * The size of one step's output [B,N].
     *
     * @return B times N floats
     */
    public int outputLength() {
        return outputLength;
    }

    /**
     * Feeds one time step. Both segments may lie anywhere, at any byte, on the heap or not, and may overlap: x is read whole
     * before the result is written. Whatever is wrong with them is found before the state advances.
     *
     * @param x       [B,I] floats, or [B] ints of a model that reads ids
     * @param result  [B,N] floats, written
     * @throws NullPointerException     if a segment is null
     * @throws ShapeException           if a segment is too small
     * @throws IllegalArgumentException if the result is read-only, or an id is none of those that the model knows
     * @throws IllegalStateException    if the memory of a segment has been freed or belongs to another thread alone, another
     *                                  thread is inside, or the stream or its model is closed
     */
    public void step(MemorySegment x, MemorySegment result) {
        user.enter("step");
        try {
            if (!state.isOpen()) {
                throw new IllegalStateException("The stream's memory has been freed: its model's arena is closed");
            }
            StepMemory.require(x, inputLength, result, outputLength);
            advance(x, result);
        } finally {
            user.exit();
        }
    }

    private void advance(MemorySegment x, MemorySegment result) {
        try {
            state.step(x, result);
        } catch (IllegalStateException failed) {
            // Another thread may have freed the memory since it was looked at.
            StepMemory.requireAccess("x", x);
            StepMemory.requireAccess("result", result);
            throw failed;
        }
    }

    /**
     * Feeds zeros until the JVM has compiled what a step needs and steps become no faster, then goes back to the beginning,
     * also if it fails.
     *
     * @return how long it took and whether steps are steady
     * @throws IllegalStateException if another thread is inside, or the stream or its model is closed
     */
    public WarmUp warmUp() {
        user.enter("warm up");
        try (Arena arena = Arena.ofShared()) {
            state.reset();
            MemorySegment x = arena.allocate(JAVA_FLOAT, inputLength);
            MemorySegment result = arena.allocate(JAVA_FLOAT, outputLength);
            return WarmUp.of(() -> step(x, result), WarmUp.LIMIT);
        } finally {
            state.reset();
            user.exit();
        }
    }

    /**
     * Back to the beginning: states become zero.
     *
     * @throws IllegalStateException if another thread is inside, or the stream or its model is closed
     */
    public void reset() {
        user.enter("reset it");
        try {
            state.reset();
        } finally {
            user.exit();
        }
    }

    /**
     * What every recurrent layer carries at this moment, for example to keep it with the rest of a program's state.
     *
     * @return a copy: h and c of an LSTM, each [B,U]
     * @throws IllegalStateException if another thread is inside, or the stream or its model is closed
     */
    public LayerStates states() {
        user.enter("read its states");
        try {
            return LayerStates.of(state.states());
        } finally {
            user.exit();
        }
    }

    /**
     * Goes on from states, for example of a prediction over what has happened before
     * ({@link Predictor#predictWithStates(dev.gatun.memory.Tensor)}) or of another stream: the next step has the bits that it has
     * behind those.
     *
     * @param states of layers, each [B,U]; layers that are not named begin at zeros, or at what they have learned
     * @throws ShapeException           if a state has not a row of the layer's units for each sequence; nothing is changed then
     * @throws IllegalArgumentException if there is no such layer, naming those there are; nothing is changed then
     * @throws IllegalStateException    if another thread is inside, or the stream or its model is closed
     */
    public void goOnFrom(LayerStates states) {
        Arguments.required(states, "ModelStream.goOnFrom", "states", "for example those of a prediction");
        user.enter("go on from other states");
        try {
            state.states(states.toMap());
        } finally {
            user.exit();
        }
    }

    /**
     * Another stream that stands where this one does: both go on from here, and neither sees what the other is fed.
     *
     * @return to be closed, on the calling thread alone; it has as many sequences
     * @throws IllegalStateException if another thread is inside, or the stream or its model is closed
     */
    public ModelStream fork() {
        user.enter("fork it");
        try {
            ModelStream other = new ModelStream(network, batch, 1);
            other.state.copyFrom(state);
            return other;
        } finally {
            user.exit();
        }
    }

    /**
     * Gives back what the stream holds and ends its threads. A second call does nothing.
     *
     * @throws IllegalStateException if a thread is inside; nothing is closed then
     */
    @Override
    public void close() {
        if (user.close()) {
            state.close();
        }
        endThreads();
    }

    private void endThreads() {
        if (team != null) {
            team.close();
        }
    }
}
