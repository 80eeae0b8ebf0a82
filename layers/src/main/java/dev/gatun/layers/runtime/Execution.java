package dev.gatun.layers.runtime;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.start.KernelWarmUp;
import dev.gatun.engine.start.TrainingWarmUp;
import dev.gatun.engine.team.Team;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanMemory;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.layers.plan.Value;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.TensorArena;
import dev.gatun.memory.check.Arguments;
import dev.gatun.memory.check.IndexCheck;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;

/**
 * A model planned for its largest sizes: every value has its place in one workspace, every operation is planned, and a run
 * allocates nothing. {@link #resize} says how much of it the runs that follow use. Not safe for use by several threads at
 * once; executions of one model share its weights only.
 *
 * <p>A pass: {@link #load} each input, {@link #forward}, read the outputs. With gradients: write each
 * {@link #outputGradient} (all columns of all rows; paddings stay zero), {@link #backward}; the gradients of the weights are
 * <em>added</em> to the gradient block. Values lie time-major: row {@code t B + b}.
 */
public final class Execution implements AutoCloseable {

    private final Graph graph;
    private final ExecutionMode mode;
    private final TensorArena arena;
    private final MemorySegment workspace;
    private final long zeroBytes;
    private final PlannedSizes sizes;
    private final List<Value> inputs;
    private final List<Value> outputs;
    private final Operation[] operations;
    private final List<Operation> calls;
    private final List<ActivityPenalty> penalties;
    private final RowsView[] inputRows;
    private final RowsView[] outputRows;
    private final RowsView[] outputGradients;
    private final GivenMask[] givenMasks;
    private final RowsView[] outputMasks;
    private final RunContext run = new RunContext();
    private final WeightSource weights;
    private final PlannedGraph planned;
    private final RunStates states;
    private boolean ownsStates;
    private WeightVersion bound;

    /**
     * Plans a graph.
     *
     * @param graph   the model, or a part of it
     * @param largest known shapes, batch first, one for each input
     * @param mode    what the execution is for
     * @param weights from where it has the weights and their gradients
     * @param team    the threads that run it
     * @param owner   whose child holds the workspace
     * @param states  from where stateful layers go on, and where they leave off; of no matter to the steps of a stream
     */
    Execution(
            Graph graph, List<Shape> largest, ExecutionMode mode, WeightSource weights, Team team, TensorArena owner,
            RunStates states) {
        KernelWarmUp.begin();
        if (mode.gradients()) {
            TrainingWarmUp.begin();
        }
        this.graph = graph;
        this.mode = mode;
        this.weights = weights;
        this.states = states.areKept() && !mode.carriesState() ? states : null;
        ExecutionPlanner planner = new ExecutionPlanner(graph, largest, mode, weights.places(), team);
        this.planned = planner.planned();
        this.inputs = planner.inputs();
        this.sizes = new PlannedSizes(graph, inputs, planner.values());
        this.outputs = planner.outputs();
        this.operations = planner.operations();
        this.calls = planner.calls();
        this.penalties = planner.penalties();
        this.arena = owner.child("execution " + largest);
        try {
            this.workspace = allocate(planner.memory());
        } catch (OutOfMemoryError | RuntimeException failed) {
            arena.close();
            throw failed;
        }
        this.zeroBytes = planner.memory().zeroBytes();
        if (mode.gradients()) {
            outputs.forEach(Value::claimGradient);
        }
        bind(weights.own());
        this.inputRows = rows(inputs);
        this.outputRows = rows(outputs);
        this.givenMasks = GivenMask.all(inputs, workspace);
        this.outputMasks = new RowsView[outputs.size()];
        this.outputGradients = new RowsView[outputs.size()];
        for (int i = 0; i < outputGradients.length; i++) {
            Value output = outputs.get(i);
            outputGradients[i] = output.requiresGradient() ? output.gradient(workspace) : null;
            outputMasks[i] = output.mask() == null ? null : output.mask().rows(workspace);
        }
    }

    private RowsView[] rows(List<Value> all) {
        RowsView[] rows = new RowsView[all.size()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = all.get(i).rows(workspace);
        }
        return rows;
    }

    private void bind(WeightVersion version) {
        Operation.Memory memory = new Operation.Memory(
                workspace, new RowsView(workspace, zeroBytes, 0), version.parameters().segment(),
                version.buffers().segment(), weights.gradients() == null ? null : weights.gradients().segment());
        for (int i = operations.length - 1; i >= 0; i--) {
            operations[i].bind(memory);
        }
        bound = version;
        for (Operation operation : operations) {
            operation.resize();
        }
    }

    private MemorySegment allocate(PlanMemory memory) {
        try {
            return arena.allocate(memory.totalBytes(), "workspace");
        } catch (OutOfMemoryError noMemory) {
            throw NoRoom.ofPlan(graph.name(), largest(), memory.slots(), noMemory);
        }
    }

    /**
     * Whether inputs of these shapes fit what was planned.
     *
     * @param shapes known shapes, one for each input
     * @return whether {@link #resize} takes them
     */
    boolean covers(List<Shape> shapes) {
        return sizes.covers(shapes);
    }

    /**
     * Says how large the inputs of the runs that follow are; costs nothing if they are as before, and plans nothing in any
     * case.
     *
     * @param shapes known shapes, batch first, one for each input, no axis longer than was planned for
     * @throws ShapeException if they do not fit
     */
    public void resize(List<Shape> shapes) {
        Arguments.all(shapes, "Execution.resize", "shapes", "a shape for each input");
        if (sizes.resize(shapes)) {
            for (Operation operation : operations) {
                operation.resize();
            }
        }
    }

    /** {@return the shapes it was planned for, one for each input} */
    public List<Shape> largest() {
        return inputs.stream().map(Value::largest).toList();
    }

    /**
     * What the execution is for.
     *
     * @return as it was asked for
     */
    public ExecutionMode mode() {
        return mode;
    }

    /**
     * Where an input lies, and its sizes.
     *
     * @param index which input, counted from 0
     * @return the input's place in the workspace
     * @throws IndexOutOfBoundsException if there is no such input, saying which there are
     */
    public Value input(int index) {
        return inputs.get(inputIndex(index, "Execution.input", "index"));
    }

    /**
     * Where an output lies, and its sizes.
     *
     * @param index which output, counted from 0
     * @return the output's place in the workspace
     * @throws IndexOutOfBoundsException if there is no such output, saying which there are
     */
    public Value output(int index) {
        return outputs.get(outputIndex(index, "Execution.output", "index"));
    }

    private int inputIndex(int index, String method, String argument) {
        return IndexCheck.of(index, inputs.size(), method, argument, "input");
    }

    private int outputIndex(int index, String method, String argument) {
        return IndexCheck.of(index, outputs.size(), method, argument, "output");
    }

    /**
     * How many outputs there are.
     *
     * @return at least 1 for a whole model
     */
    public int outputCount() {
        return outputs.size();
    }

    /**
     * The numbers of an output.
     *
     * @param index which output, counted from 0
     * @return T B rows, time-major, or B rows of a flat output; they hold what the last {@link #forward} computed
     * @throws IndexOutOfBoundsException if there is no such output, saying which there are
     */
    public RowsView outputRows(int index) {
        return outputRows[outputIndex(index, "Execution.outputRows", "index")];
    }

    /**
     * The mask that an output carries.
     *
     * @param index which output, counted from 0
     * @return T B rows of one int32, time-major, 0 where a step does not count, once {@link #forward} has run; null if all
     *         steps count
     * @throws IndexOutOfBoundsException if there is no such output, saying which there are
     */
    public RowsView outputMask(int index) {
        return outputMasks[outputIndex(index, "Execution.outputMask", "index")];
    }

    /**
     * The gradient of an output, for the loss to write before {@link #backward}, which may overwrite it.
     *
     * @param index which output, counted from 0
     * @return T B rows, time-major, or B rows of a flat output; null if no weight and no input asks for it
     * @throws IndexOutOfBoundsException if there is no such output, saying which there are
     */
    public RowsView outputGradient(int index) {
        return outputGradients[outputIndex(index, "Execution.outputGradient", "index")];
    }

    /**
     * Copies consecutive samples into an input: as many as the execution's batch.
     *
     * @param input       which input, counted from 0
     * @param samples     [N,...], samples first, of the input's sizes but for N
     * @param firstSample the first that is copied, counted from 0
     * @throws IndexOutOfBoundsException if there is no such input, saying which there are, or the tensor's memory ends
     *                                   before the last of them
     */
    public void load(int input, Tensor samples, long firstSample) {
        load(input, samples, firstSample, 0);
    }

    /**
     * Copies steps of consecutive samples into an input: as many samples and steps as the execution has.
     *
     * @param input       which input, counted from 0
     * @param samples     [N,...], samples first, of the input's sizes but for N, and for T if its sequences are longer
     * @param firstSample the first that is copied, counted from 0
     * @param firstStep   the step that becomes the first one; 0 for what has no steps
     * @throws IndexOutOfBoundsException if there is no such input, saying which there are, or the tensor's memory ends
     *                                   before the last of them
     */
    public void load(int input, Tensor samples, long firstSample, int firstStep) {
        Arguments.required(samples, "Execution.load", "samples", "a tensor, samples first");
        Value value = inputs.get(inputIndex(input, "Execution.load", "input"));
        BatchTransfer.in(samples, firstSample, firstStep, value, inputRows[input]);
    }

    /**
     * Copies chosen samples into an input, for example of a shuffled epoch: as many as the execution's batch.
     *
     * @param input   which input, counted from 0
     * @param samples [N,...], samples first, of the input's sizes but for N
     * @param order   numbers of samples, each 0 to N - 1
     * @param first   where in the order the batch begins
     * @throws IndexOutOfBoundsException if there is no such input, saying which there are, or the order or the tensor's
     *                                   memory ends before the last of them
     */
    public void load(int input, Tensor samples, int[] order, int first) {
        load(input, samples, order, first, 0);
    }

    /**
     * Copies steps of chosen samples into an input: as many samples and steps as the execution has.
     *
     * @param input     which input, counted from 0
     * @param samples   [N,...], samples first, of the input's sizes but for N, and for T if its sequences are longer
     * @param order     numbers of samples, each 0 to N - 1
     * @param first     where in the order the batch begins
     * @param firstStep the step that becomes the first one; 0 for what has no steps
     * @throws IndexOutOfBoundsException if there is no such input, saying which there are, or the order or the tensor's
     *                                   memory ends before the last of them
     */
    public void load(int input, Tensor samples, int[] order, int first, int firstStep) {
        Arguments.required(samples, "Execution.load", "samples", "a tensor, samples first");
        Arguments.required(order, "Execution.load", "order", "the numbers of samples");
        Value value = inputs.get(inputIndex(input, "Execution.load", "input"));
        BatchTransfer.in(samples, order, first, firstStep, value, inputRows[input]);
    }

    /**
     * Copies an output into consecutive samples of a tensor: as many as the execution's batch.
     *
     * @param output      which output, counted from 0
     * @param samples     [N,...], samples first, of the output's sizes but for N; written
     * @param firstSample the first that is written, counted from 0
     * @throws IndexOutOfBoundsException if there is no such output, saying which there are, or the tensor's memory ends
     *                                   before the last of them
     */
    public void read(int output, Tensor samples, long firstSample) {
        Arguments.required(samples, "Execution.read", "samples", "a tensor, samples first");
        Value value = outputs.get(outputIndex(output, "Execution.read", "output"));
        BatchTransfer.out(outputRows[output], value, samples, firstSample);
    }

    /**
     * Copies an output into chosen samples of a tensor, as {@link #load(int, Tensor, int[], int)} took them.
     *
     * @param output  which output, counted from 0
     * @param samples [N,...], samples first, of the output's sizes but for N; written
     * @param order   numbers of samples, each 0 to N - 1
     * @param first   where in the order the batch begins
     * @throws IndexOutOfBoundsException if there is no such output, saying which there are, or the order or the tensor's
     *                                   memory ends before the last of them
     */
    public void read(int output, Tensor samples, int[] order, int first) {
        Arguments.required(samples, "Execution.read", "samples", "a tensor, samples first");
        Arguments.required(order, "Execution.read", "order", "the numbers of samples");
        Value value = outputs.get(outputIndex(output, "Execution.read", "output"));
        BatchTransfer.out(outputRows[output], value, samples, order, first);
    }

    /**
     * Copies one time step into the first input.
     *
     * @param x [B,I] floats, packed
     * @throws IndexOutOfBoundsException if it is too small
     */
    public void loadStep(MemorySegment x) {
        BatchTransfer.stepIn(x, inputs.getFirst(), inputRows[0]);
    }

    /**
     * Copies one time step out of the first output.
     *
     * @param result [B,N] floats, packed; written
     * @throws IndexOutOfBoundsException if it is too small
     */
    public void readStep(MemorySegment result) {
        BatchTransfer.stepOut(outputRows[0], outputs.getFirst(), result);
    }

    /**
     * Copies the gradient of an input, which {@link #backward} computed, into a tensor.
     *
     * @param input   which input, counted from 0
     * @param samples of the input's shape, batch first; written
     * @throws IllegalStateException     if the mode has no gradients of inputs
     * @throws IndexOutOfBoundsException if there is no such input, saying which there are, or the tensor's memory is too
     *                                   small
     */
    public void readInputGradient(int input, Tensor samples) {
        Arguments.required(samples, "Execution.readInputGradient", "samples", "a tensor, samples first");
        Value value = inputs.get(inputIndex(input, "Execution.readInputGradient", "input"));
        BatchTransfer.out(value.gradient(workspace), value, samples, 0);
    }

    /**
     * Computes the outputs from the inputs. The random numbers of dropout depend on seed, step and position only.
     *
     * @param seed of the training's random numbers
     * @param step number of the training step, counted from 0
     */
    public void forward(long seed, long step) {
        forward(null, seed, step);
    }

    /**
     * As {@link #forward(long, long)}, with recurrent layers that go on from states that are kept outside of the plan. They
     * change with {@link #keepState} only.
     *
     * @param state rows, one for each sample; null to begin at zeros
     * @param seed  of the training's random numbers
     * @param step  number of the training step, counted from 0
     */
    public void forward(RowsView state, long seed, long step) {
        run.state(state);
        run.set(seed, step);
        if (weights.reader() == null) {
            runOperations();
        } else {
            serve();
        }
        KernelWarmUp.firstRunEnded();
    }

    /** One version of the weights from the beginning of the run to its end. */
    private void serve() {
        WeightVersion version = weights.reader().enter();
        try {
            if (version != bound) {
                bind(version);
            }
            runOperations();
        } finally {
            weights.reader().exit();
        }
    }

    private void runOperations() {
        for (GivenMask mask : givenMasks) {
            mask.clear();
        }
        if (states != null) {
            run.kept(states.rows(inputs.getFirst().batch()));
        }
        for (Operation operation : operations) {
            operation.forward(run);
        }
        if (!mode.gradients()) {
            keepRunStates();
        }
    }

    /**
     * Lets stateful layers go on from where this run has ended. Runs without gradients do so by themselves; of a training only
     * those whose loss is a number.
     */
    public void keepRunStates() {
        if (states != null) {
            keepState();
        }
    }

    /**
     * Lets layers learn the numbers that they keep themselves, as moving statistics, from the run before: of a training only those
     * whose loss is a number.
     */
    public void learnBuffers() {
        for (Operation operation : operations) {
            operation.learnBuffers(run);
        }
    }

    /** Computes the outputs from the inputs, with seed 0 and step 0 for dropout, should there be any. */
    public void forward() {
        forward(0, 0);
    }

    /**
     * Runs one step of a stream: what recurrent layers carry is read from its rows. The rows change with {@link #keepState}
     * only, so that a step that fails changes nothing.
     *
     * @param state rows of the stream, one for each sample
     */
    public void forward(RowsView state) {
        Arguments.required(state, "Execution.forward", "state", "the rows of a stream");
        forward(state, 0, 0);
    }

    /** Writes what recurrent layers carry to the rows of the stream that the run was given, or else to those of the model. */
    public void keepState() {
        for (Operation operation : operations) {
            operation.keepState(run);
        }
    }

    /**
     * Goes back through every operation: computes the gradients of the inputs, if the mode has them, and adds those of the
     * weights to the gradient block. Only after {@link #forward}, and only if the mode has gradients.
     */
    public void backward() {
        for (int i = operations.length - 1; i >= 0; i--) {
            operations[i].backward(run);
        }
    }

    /**
     * The penalties on what layers return, after {@link #forward}; {@link #backward} counts them in.
     *
     * @return what is added to the loss of the batch; 0 if there are none
     */
    public double activityPenalty() {
        double sum = 0;
        for (int i = 0; i < penalties.size(); i++) {
            sum += penalties.get(i).value();
        }
        return sum;
    }

    /**
     * The gradients of the initial state of a recurrent layer, after {@link #backward}.
     *
     * @param operation which call, counted from 0 over the graph's steps that are not inputs
     * @return those of h, then of c, each B rows of U numbers; empty for a layer without a state
     * @throws IndexOutOfBoundsException if there is no such call, saying which there are
     */
    public List<RowsView> stateGradients(int operation) {
        return calls.get(IndexCheck.of(operation, calls.size(), "Execution.stateGradients", "operation", "call"))
                .stateGradients();
    }

    /** The call of this number, as {@link #stateGradients} counts them; for tests. */
    Operation call(int operation) {
        return calls.get(operation);
    }

    /**
     * Whether the memory is still there.
     *
     * @return false once this execution or its model is closed
     */
    public boolean isOpen() {
        return arena.isOpen();
    }

    /**
     * The size of the working memory.
     *
     * @return bytes; 0 once it is closed
     */
    public long bytes() {
        return arena.allocatedBytes();
    }

    /** Frees the working memory; the weights stay. A second call does nothing. */
    @Override
    public void close() {
        arena.close();
        if (ownsStates) {
            states.close();
        }
    }

    /** States that nobody else has are freed with the execution. */
    Execution owningStates() {
        ownsStates = states != null;
        return this;
    }

    /** What runs as one, for example {@code INFERENCE [[32, 10, 1]]: [lstm > lstm_1] [dense, activation]}. */
    @Override
    public String toString() {
        return mode + " " + largest() + ": " + planned.words(graph);
    }
}
