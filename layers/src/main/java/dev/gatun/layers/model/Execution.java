package dev.gatun.layers.model;

import dev.gatun.engine.gemm.Rows;
import dev.gatun.engine.start.KernelStart;
import dev.gatun.engine.team.Team;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.Purpose;
import dev.gatun.layers.plan.Run;
import dev.gatun.layers.plan.Value;
import dev.gatun.memory.MemoryPlan;
import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Slot;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.TensorArena;
import dev.gatun.memory.check.Arguments;
import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * A model at fixed sizes: every value has its place in one workspace, every operation is planned, and a run allocates
 * nothing. Not safe for use by several threads at once; executions of one model share its weights only.
 *
 * <p>A pass: {@link #load} each input, {@link #forward}, read the outputs. With gradients: write each
 * {@link #outputGradient} (all columns of all rows; paddings stay zero), {@link #backward}; the gradients of the weights are
 * <em>added</em> to the gradient block. Values lie time-major: row {@code t B + b}.
 */
public final class Execution implements AutoCloseable {

    private final Purpose purpose;
    private final TensorArena arena;
    private final MemorySegment workspace;
    private final List<Value> inputs;
    private final List<Value> outputs;
    private final Operation[] operations;
    private final Rows[] inputRows;
    private final Rows[] outputRows;
    private final Rows[] outputGradients;
    private final Run run = new Run();

    /**
     * @param graph       the model
     * @param inputShapes known shapes, batch first, one for each input
     * @param purpose     what the execution is for
     * @param parameters  the weights
     * @param gradients   their gradients, or null if the purpose has none
     * @param team        the threads that run it
     * @param owner       whose child holds the workspace
     */
    Execution(
            Graph graph, List<Shape> inputShapes, Purpose purpose, ParameterBlock parameters, ParameterBlock gradients,
            Team team, TensorArena owner) {
        KernelStart.begin();
        this.purpose = purpose;
        MemoryPlan memory = new MemoryPlan();
        Planning planning = new Planning(graph, inputShapes, purpose, parameters, memory, team);
        this.inputs = planning.inputs();
        this.outputs = planning.outputs();
        this.operations = planning.operations();
        this.arena = owner.child("execution " + inputShapes);
        try {
            this.workspace = allocate(graph, memory);
        } catch (OutOfMemoryError | RuntimeException failed) {
            arena.close();
            throw failed;
        }
        if (purpose.gradients()) {
            outputs.forEach(Value::claimGradient);
        }
        Operation.Memory bound = new Operation.Memory(workspace, parameters.segment(),
                gradients == null ? null : gradients.segment());
        for (int i = operations.length - 1; i >= 0; i--) {
            operations[i].bind(bound);
        }
        this.inputRows = inputs.stream().map(value -> value.rows(workspace)).toArray(Rows[]::new);
        this.outputRows = outputs.stream().map(value -> value.rows(workspace)).toArray(Rows[]::new);
        this.outputGradients = new Rows[outputs.size()];
        for (int i = 0; i < outputGradients.length; i++) {
            Value output = outputs.get(i);
            outputGradients[i] = output.requiresGradient() ? output.gradient(workspace) : null;
        }
    }

    private MemorySegment allocate(Graph graph, MemoryPlan memory) {
        try {
            return arena.allocate(memory.totalBytes(), "workspace");
        } catch (OutOfMemoryError noMemory) {
            Slot largest = Collections.max(memory.slots(), Comparator.comparingLong(Slot::bytes));
            throw NoRoom.of("Model '" + graph.name() + "' cannot run at inputs "
                    + inputs.stream().map(Value::shape).toList() + ": of its working memory the largest part is '"
                    + largest.name() + "', " + largest.bytes() + " bytes.", noMemory);
        }
    }

    public Purpose purpose() {
        return purpose;
    }

    /** Where an input lies, and its sizes. */
    public Value input(int index) {
        return inputs.get(index);
    }

    /** Where an output lies, and its sizes. */
    public Value output(int index) {
        return outputs.get(index);
    }

    public int outputCount() {
        return outputs.size();
    }

    /** Rows of an output, time-major. */
    public Rows outputRows(int index) {
        return outputRows[index];
    }

    /**
     * Rows of an output's gradient, time-major, for the loss to write before {@link #backward}; null if no weight and no
     * input asks for it. The backward pass may overwrite it.
     */
    public Rows outputGradient(int index) {
        return outputGradients[index];
    }

    /** Copies samples {@code firstSample ...} of a batch-major tensor into an input. */
    public void load(int input, Tensor samples, long firstSample) {
        Arguments.required(samples, "Execution.load", "samples", "a tensor, samples first");
        Value value = inputs.get(input);
        for (int b = 0; b < value.batch(); b++) {
            Door.in(samples, firstSample + b, value, inputRows[input], b);
        }
    }

    /** Copies the samples named by {@code order[first ...]} of a batch-major tensor into an input. */
    public void load(int input, Tensor samples, int[] order, int first) {
        Arguments.required(samples, "Execution.load", "samples", "a tensor, samples first");
        Arguments.required(order, "Execution.load", "order", "the numbers of samples");
        Value value = inputs.get(input);
        for (int b = 0; b < value.batch(); b++) {
            Door.in(samples, order[first + b], value, inputRows[input], b);
        }
    }

    /** Copies an output into samples {@code firstSample ...} of a batch-major tensor. */
    public void read(int output, Tensor samples, long firstSample) {
        Arguments.required(samples, "Execution.read", "samples", "a tensor, samples first");
        Value value = outputs.get(output);
        for (int b = 0; b < value.batch(); b++) {
            Door.out(outputRows[output], value, b, samples, firstSample + b);
        }
    }

    /** Copies one step [B,I] of the first input from packed floats. */
    public void loadStep(MemorySegment x) {
        Rows rows = inputRows[0];
        long bytes = (long) inputs.getFirst().columns() * Float.BYTES;
        for (int b = 0; b < inputs.getFirst().batch(); b++) {
            MemorySegment.copy(x, b * bytes, rows.segment(), rows.at(b), bytes);
        }
    }

    /** Copies one step [B,N] of the first output to packed floats. */
    public void readStep(MemorySegment result) {
        Rows rows = outputRows[0];
        long bytes = (long) outputs.getFirst().columns() * Float.BYTES;
        for (int b = 0; b < outputs.getFirst().batch(); b++) {
            MemorySegment.copy(rows.segment(), rows.at(b), result, b * bytes, bytes);
        }
    }

    /** Copies an input's gradient out; only if the purpose has input gradients. */
    public void readInputGradient(int input, Tensor samples) {
        Arguments.required(samples, "Execution.readInputGradient", "samples", "a tensor, samples first");
        Value value = inputs.get(input);
        Rows rows = value.gradient(workspace);
        for (int b = 0; b < value.batch(); b++) {
            Door.out(rows, value, b, samples, b);
        }
    }

    /** Random numbers of dropout depend on these two and on positions only. */
    public void forward(long seed, long step) {
        run.set(seed, step);
        for (Operation operation : operations) {
            operation.forward(run);
        }
        KernelStart.firstRunEnded();
    }

    public void forward() {
        forward(0, 0);
    }

    /** As long as false, recurrent layers go on from where the last run ended (streaming executions only). */
    public void fresh(boolean fresh) {
        run.fresh(fresh);
    }

    /** Back through every operation; adds to the gradients of the weights. */
    public void backward() {
        for (int i = operations.length - 1; i >= 0; i--) {
            operations[i].backward(run);
        }
    }

    /** After {@link #backward}: gradients of the initial state of an operation's layer, h then c, [B,U] rows; or empty. */
    public List<Rows> stateGradients(int operation) {
        return operations[operation].stateGradients();
    }

    /** Whether the memory is still there; it goes with the model's. */
    public boolean isOpen() {
        return arena.isOpen();
    }

    /** Bytes of working memory. */
    public long bytes() {
        return arena.allocatedBytes();
    }

    @Override
    public void close() {
        arena.close();
    }
}
