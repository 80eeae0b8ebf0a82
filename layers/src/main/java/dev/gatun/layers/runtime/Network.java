package dev.gatun.layers.runtime;

import dev.gatun.engine.team.Team;
import dev.gatun.layers.Mask;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.TensorArena;
import dev.gatun.memory.check.Arguments;
import java.util.List;
import java.util.Optional;

/**
 * A graph with weights in memory of its own, and what runs it: plans, threads, guards. Training and serving work on it;
 * {@link dev.gatun.layers.model.Model} is its face.
 *
 * <p>One thread at a time; a second one is refused with a clear message. Predictors and streams have doors of their own.
 */
public final class Network implements Networked, AutoCloseable {

    private volatile Graph graph;
    /** What runs: the graph with the parts in the place of layers that are made of others. */
    private volatile Graph flat;
    private final TensorArena arena;
    private final ModelWeights weights;
    private final WeightVersions versions;
    private final ExecutionPool executions;
    private final StreamPlans streams;
    private final ModelUsers users;
    private final SingleUser user;
    private volatile Progress progress;

    /**
     * A network whose weights are all zero.
     *
     * @param graph the checked layers and calls
     * @throws OutOfMemoryError if the weights do not fit, naming the largest
     */
    public Network(Graph graph) {
        this.graph = Arguments.required(graph, "Network", "graph", "a graph");
        this.flat = graph.flat();
        this.users = new ModelUsers(graph.name());
        this.user = users.own();
        this.arena = TensorArena.open("model " + graph.name());
        try {
            this.weights = new ModelWeights(flat, arena, user);
            this.versions = new WeightVersions(weights.own());
            this.executions = new ExecutionPool(flat, weights, versions, arena);
            this.streams = new StreamPlans(this, graph, arena);
        } catch (RuntimeException | Error failed) {
            arena.close();
            throw failed;
        }
    }

    @Override
    public Network network() {
        return this;
    }

    /**
     * What messages, the summary and saved files call the model.
     *
     * @return {@code sequential} or {@code functional} if it was given no name
     */
    public String name() {
        return graph.name();
    }

    /**
     * The layers, their calls and the shapes of all values, as checked when the model was made.
     *
     * @return the graph this model runs
     */
    public Graph graph() {
        return graph;
    }

    /**
     * The layers and calls that run: as {@link #graph}, with the parts in the place of layers that are made of others.
     *
     * @return the same graph if there are none
     */
    public Graph flatGraph() {
        return flat;
    }

    /**
     * The names of the input layers.
     *
     * @return one for each input, in the order in which a prediction takes them
     */
    public List<String> inputNames() {
        return graph.inputs().stream().map(step -> graph.layerOf(graph.steps().get(step)).name()).toList();
    }

    /**
     * The names of the outputs: that of the layer, with {@code _h} or {@code _c} behind it for a state of an LSTM.
     *
     * @return one for each output; a name that is there already has a number behind it
     */
    public List<String> outputNames() {
        return graph.outputNames();
    }

    /**
     * The shapes of the inputs as declared.
     *
     * @return one for each input, batch first, unknown sizes included
     */
    public List<Shape> inputShapes() {
        return graph.inputs().stream().map(step -> graph.steps().get(step).outputShapes().getFirst()).toList();
    }

    /**
     * The shapes of the outputs that follow from the inputs as declared.
     *
     * @return one for each output, batch first, unknown sizes included
     */
    public List<Shape> outputShapes() {
        return graph.outputs().stream().map(graph::shape).toList();
    }

    /**
     * All weights.
     *
     * @return the model's own, whose numbers are freed with the model
     */
    public ModelWeights weights() {
        return weights;
    }

    /**
     * Says whether a training may change the weights of a layer. Saved with the model.
     *
     * @param layer     its name
     * @param trainable false to keep them as they are
     * @throws IllegalArgumentException if there is no such layer, naming those there are
     * @throws IllegalStateException    if a thread uses the model, be it the calling one, or it is closed
     */
    public void trainable(String layer, boolean trainable) {
        requireOpen();
        try (SingleUser.Use use = user.useAlone("change what is trained")) {
            graph = graph.trainable(layer, trainable);
            flat = graph.flat();
            weights.trainable(flat);
            executions.forget();
        }
    }

    /**
     * Whether a training changes a weight.
     *
     * @param entry its place in {@link #parameters}
     * @return false if its layer is not trained
     */
    public boolean isTrained(ParameterBlock.Entry entry) {
        Arguments.required(entry, "Network.isTrained", "entry", "a place of the parameters");
        return weights.named(entry.name()).isTrainable();
    }

    /**
     * Draws all weights anew; equal seeds give equal weights on every machine.
     *
     * @param seed any number
     * @throws IllegalStateException if another thread uses the model, or it is closed
     */
    public void initialize(long seed) {
        try (SingleUser.Use use = use("initialize it")) {
            weights.initialize(seed, arena);
        }
    }

    /**
     * All weights in one block, packed: what an optimizer works on.
     *
     * @return the model's own memory, with paddings; it is freed with the model
     */
    public ParameterBlock parameters() {
        return weights.parameters();
    }

    /**
     * The numbers that layers keep themselves, as moving statistics, in one block.
     *
     * @return the model's own memory, empty if no layer has any; it is freed with the model
     */
    public ParameterBlock buffers() {
        return weights.own().buffers();
    }

    /**
     * The gradients of all weights, to which every backward pass adds; made when first asked for.
     *
     * @return a twin of {@link #parameters}; it is freed with the model
     * @throws IllegalStateException if the model is closed
     * @throws OutOfMemoryError      if they do not fit
     */
    public ParameterBlock gradients() {
        requireOpen();
        return executions.gradients();
    }

    /**
     * Memory for an optimizer's moments, twins of the parameters that live as long as the model. Every training is given the
     * same ones; they hold what the last one left there.
     *
     * @param count how many, at least 0
     * @return as many blocks
     * @throws IllegalArgumentException if the count is negative
     * @throws IllegalStateException    if another thread uses the model, or it is closed
     */
    public List<ParameterBlock> moments(int count) {
        try (SingleUser.Use use = use("plan a training")) {
            return weights.moments(count);
        }
    }

    /**
     * Memory that lives as long as the model.
     *
     * @return the owner of weights and working memory, closed with the model
     */
    public TensorArena arena() {
        return arena;
    }

    /**
     * How many threads train and predict; results are the same bits for any number.
     *
     * @param count 1 to 1024, the calling thread among them
     * @return this network
     * @throws IllegalArgumentException if there are fewer or more
     * @throws IllegalStateException    if another thread uses the model, or it is closed
     */
    public Network threads(int count) {
        try (SingleUser.Use use = use("change its threads")) {
            executions.team(new Team(count));
        }
        return this;
    }

    /**
     * The threads that train and predict.
     *
     * @return the model's own; they end with the model, and when {@link #threads(int)} sets another number
     */
    public Team team() {
        return executions.team();
    }

    private static void requireTeam(Team team) {
        Arguments.required(team, "Model.newExecution", "team", "the threads that run it, for example model.team()");
    }

    /**
     * How many threads train and predict.
     *
     * @return 1 to 1024, the calling thread among them; 1 unless {@link #threads(int)} set another number
     */
    public int threads() {
        return executions.team().size();
    }

    /**
     * The check at the door of whoever will run the network at sizes.
     *
     * @param shapes known shapes, batch first, one for each input
     * @throws dev.gatun.memory.ShapeException if they do not fit the model or each other
     */
    public void requireShapes(List<Shape> shapes) {
        InputCheck.shapes(graph, shapes);
    }

    /**
     * The graph with masks for some of its inputs.
     *
     * @param masked numbers of inputs, none for the graph itself
     * @return with one more input for each
     * @throws IllegalArgumentException if an input has no steps, or a layer cannot leave steps out
     */
    public Graph masked(List<Integer> masked) {
        return executions.masked(Arguments.all(masked, "Network.masked", "masked", "numbers of inputs"));
    }

    /**
     * The execution for these inputs and this mode, see {@link #execution(List, ExecutionMode)}, some of which have masks.
     *
     * @param masked which inputs have masks, by their numbers
     * @param shapes known shapes, batch first, one for each input and then one for each mask
     * @param mode   what it is for
     * @return the execution; the model owns it
     * @throws dev.gatun.memory.ShapeException if they do not fit the model
     * @throws IllegalStateException           if another thread uses the model, or it is closed
     */
    public Execution execution(List<Integer> masked, List<Shape> shapes, ExecutionMode mode) {
        try (SingleUser.Use use = use("plan an execution")) {
            InputCheck.shapes(masked(masked), shapes);
            return executions.get(masked, shapes, mode);
        }
    }

    /**
     * As {@link #execution(List, List, ExecutionMode)}, for a part of sequences: of any length, whatever the model declares.
     *
     * @param masked which inputs have masks, by their numbers
     * @param shapes known shapes, batch first, one for each input and then one for each mask
     * @param mode   what it is for
     * @return the execution; the model owns it
     * @throws dev.gatun.memory.ShapeException if they do not fit the model
     * @throws IllegalStateException           if another thread uses the model, or it is closed
     */
    public Execution executionOfSteps(List<Integer> masked, List<Shape> shapes, ExecutionMode mode) {
        try (SingleUser.Use use = use("plan an execution")) {
            InputCheck.steps(masked(masked), shapes);
            return executions.get(masked, shapes, mode);
        }
    }

    /**
     * Rows for what recurrent layers carry from one run to the next, outside of the plans.
     *
     * @param batch sequences, at least 1
     * @return zeroed; to be closed
     * @throws IllegalStateException if the model is closed
     */
    public CarriedRows carriedRows(int batch) {
        requireOpen();
        return new CarriedRows(streams.states(), batch);
    }

    /**
     * The execution for these input shapes and this mode, planned when first asked for and kept for the next time.
     *
     * @param shapes  known shapes, batch first, one for each input
     * @param mode   what it is for
     * @return the execution; the model owns it
     * @throws dev.gatun.memory.ShapeException if they do not fit the model
     * @throws IllegalStateException           if another thread uses the model, or it is closed
     */
    public Execution execution(List<Shape> shapes, ExecutionMode mode) {
        return execution(List.of(), shapes, mode);
    }

    /**
     * A new execution that the model does not keep: whoever asks for it closes it, at the latest the model does.
     *
     * @param shapes  known shapes, batch first, one for each input; for a mode that carries
     *                state (streaming) of any length, whatever the model declares
     * @param mode   what it is for
     * @param team    the threads that run it; closed with the model
     * @return an execution with working memory of its own
     * @throws dev.gatun.memory.ShapeException if they do not fit the model or each other
     * @throws IllegalStateException           if the model is closed
     * @throws OutOfMemoryError                if the working memory does not fit, naming the largest part
     */
    public Execution newExecution(List<Shape> shapes, ExecutionMode mode, Team team) {
        requireOpen();
        InputCheck.shapes(graph, shapes, mode);
        requireTeam(team);
        return executions.guest(flat, shapes, mode, team, executions.states(flat)).owningStates();
    }

    /**
     * For a training, which changes the network's own numbers in place: from now on predictors and streams read what it
     * publishes.
     *
     * @param arena owns the copies; to be closed after the publisher
     * @return to be closed by the training
     * @throws IllegalStateException if the model is closed
     */
    public WeightPublisher publisher(TensorArena arena) {
        requireOpen();
        return versions.publisher(Arguments.required(arena, "Network.publisher", "arena", "an open arena"));
    }

    /**
     * The check at the door of whoever will run the network one time step at a time.
     *
     * @throws IllegalArgumentException if it cannot run so, naming the layer and the reason
     */
    public void requireSteps() {
        streams.requireSteps();
    }

    /**
     * What a stream carries and steps with; streams of one batch share plans unless they run on threads of their own.
     *
     * @param batch sequences in parallel, at least 1
     * @param team  threads of its own, closed with the model, or null for the calling thread alone
     * @return to be closed, at the latest the model does
     * @throws IllegalStateException if the model is closed
     */
    public StreamState streamState(int batch, Team team) {
        requireOpen();
        return team == null ? StreamState.shared(streams, batch) : StreamState.onItsOwn(streams, batch, team);
    }

    /**
     * Looks at data that the network is to run on.
     *
     * @param inputs one tensor [N,...] for each input, samples first
     * @param masks  none; one for the only sequence among the inputs; or one for each input
     * @return data, masks, and the graph that takes them
     * @throws dev.gatun.memory.ShapeException if they do not fit the model or each other
     * @throws IllegalArgumentException        if a layer cannot leave steps out, or an id is none of those that a layer knows
     * @throws IllegalStateException           if the model is closed, or the memory of an input has been freed
     */
    public GivenInputs given(List<Tensor> inputs, List<Mask> masks) {
        requireOpen();
        Arguments.all(masks, "Network.given", "masks", "masks, none is fine");
        return executions.given(inputs, masks);
    }

    /**
     * A new execution for predictions of values inside the model, see {@link dev.gatun.layers.model.Model#upTo}; whoever asks for it closes it, at the
     * latest the model does.
     *
     * @param values names of layers and outputs, as {@link dev.gatun.layers.model.Model#upTo} takes them
     * @param shapes known shapes, batch first, one for each input
     * @param team   the threads that run it; closed with the model
     * @return an execution whose outputs are these values
     * @throws IllegalArgumentException if there is no value of such a name, naming those there are, or the shapes do not fit
     * @throws IllegalStateException    if the model is closed
     * @throws OutOfMemoryError         if the working memory does not fit, naming the largest part
     */
    public Execution newExecution(List<String> values, List<Shape> shapes, Team team) {
        requireOpen();
        Arguments.all(values, "Model.newExecution", "values", "names of layers and outputs");
        InputCheck.shapes(graph, shapes);
        requireTeam(team);
        Graph part = graph.upTo(values).flat();
        return executions.guest(part, shapes, ExecutionMode.INFERENCE, team, executions.states(part)).owningStates();
    }

    /**
     * As {@link #newExecution(List, List, Team)}, for a part of the graph, whose inputs may have masks.
     *
     * @param part   of the model's graph, or of {@link #flatGraph}
     * @param shapes known shapes, batch first, one for each input of the part
     * @param mode   what it is for: predictions, or such that carry states
     * @param team   the threads that run it; closed with the model
     * @return an execution for predictions
     * @throws IllegalArgumentException if the shapes do not fit
     * @throws IllegalStateException    if the model is closed
     * @throws OutOfMemoryError         if the working memory does not fit, naming the largest part
     */
    public Execution newExecution(Graph part, List<Shape> shapes, ExecutionMode mode, Team team) {
        requireOpen();
        InputCheck.shapes(Arguments.required(part, "Model.newExecution", "part", "a part of the graph"), shapes, mode);
        requireTeam(team);
        return executions.guest(part.flat(), shapes, mode, team, executions.states(part.flat())).owningStates();
    }

    /**
     * A way for numbers from a file into the weights.
     *
     * @return to be closed
     * @throws IllegalStateException if the network is closed
     */
    public WeightFilling filling() {
        requireOpen();
        return new WeightFilling(weights);
    }

    /**
     * As {@link #newExecution(Graph, List, ExecutionMode, Team)}, with states of its owner's.
     *
     * @param part   of the model's graph, or of {@link #flatGraph}
     * @param shapes known shapes, batch first, one for each input of the part
     * @param mode   what it is for: predictions, or such that carry states
     * @param team   the threads that run it; closed with the model
     * @param states of {@link #newStates}: from where stateful layers go on
     * @return an execution for predictions
     * @throws IllegalArgumentException if the shapes do not fit
     * @throws IllegalStateException    if the model is closed
     * @throws OutOfMemoryError         if the working memory does not fit, naming the largest part
     */
    public Execution newExecution(
            Graph part, List<Shape> shapes, ExecutionMode mode, Team team, RunStates states) {
        requireOpen();
        InputCheck.shapes(Arguments.required(part, "Model.newExecution", "part", "a part of the graph"), shapes, mode);
        requireTeam(team);
        Arguments.required(states, "Model.newExecution", "states", "what the stateful layers of the part carry");
        return executions.guest(part.flat(), shapes, mode, team, states);
    }

    /**
     * What the stateful layers of the model's own executions carry from run to run.
     *
     * @return of a model without such layers nothing
     */
    public RunStates states() {
        return executions.states();
    }

    /**
     * States for executions of somebody else's.
     *
     * @param part of the model's graph, or of {@link #flatGraph}
     * @return at zeros; freed with the model
     */
    public RunStates newStates(Graph part) {
        return executions.states(Arguments.required(part, "Network.newStates", "part", "a part of the graph").flat());
    }

    /**
     * Claims the model for the calling thread.
     *
     * @param what what it will do, for messages: {@code evaluate}
     * @return the stay; close it
     * @throws IllegalStateException if another thread uses the model, or it is closed
     */
    public SingleUser.Use use(String what) {
        Arguments.required(what, "Model.use", "what", "what the thread will do, for example \"evaluate\"");
        requireOpen();
        return user.use(what);
    }

    /**
     * The guards that keep a second thread out: the model's own, and those of its predictors and streams. A class that is
     * another way into the model registers here.
     *
     * @return the guards of this model
     */
    public ModelUsers users() {
        return users;
    }

    /**
     * What a training left to go on from, as of its last good epoch while it runs.
     *
     * @return empty if the network was never trained
     */
    public Optional<Progress> progress() {
        return Optional.ofNullable(progress);
    }

    /**
     * Puts other progress in the place of what is kept.
     *
     * @param other what a later training goes on from, or null for none
     * @throws IllegalStateException if another thread uses the model, or it is closed
     */
    public void progress(Progress other) {
        try (SingleUser.Use use = use("change its training state")) {
            this.progress = other;
        }
    }

    /**
     * The check at the doors.
     *
     * @throws IllegalStateException if the network is closed or its memory freed
     */
    public void requireOpen() {
        user.requireOpen();
        if (!arena.isOpen()) {
            throw new IllegalStateException("The memory of model '" + name()
                    + "' has been freed. Load it again, or close its arena later");
        }
    }

    /**
     * Frees weights and working memory, also of predictors and streams still open. A second call does nothing.
     *
     * @throws IllegalStateException if a thread is inside the model or one of its predictors or streams, saying which and what
     *                               it does; then nothing is closed
     */
    @Override
    public void close() {
        if (users.closeAll()) {
            executions.close();
            arena.close();
        }
    }
}
