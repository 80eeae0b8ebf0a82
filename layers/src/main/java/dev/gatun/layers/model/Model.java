package dev.gatun.layers.model;

import dev.gatun.layers.Input;
import dev.gatun.layers.Mask;
import dev.gatun.layers.Node;
import dev.gatun.layers.Sequences;
import dev.gatun.layers.Weight;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.nested.Nested;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.layers.runtime.Execution;
import dev.gatun.layers.runtime.GivenInputs;
import dev.gatun.layers.runtime.Network;
import dev.gatun.layers.runtime.Networked;
import dev.gatun.layers.runtime.Prediction;
import dev.gatun.layers.runtime.SequencePrediction;
import dev.gatun.layers.runtime.SingleUser;
import dev.gatun.layers.serve.LayerStates;
import dev.gatun.layers.serve.ModelStream;
import dev.gatun.layers.serve.Predicted;
import dev.gatun.layers.serve.Predictor;
import dev.gatun.layers.serve.WarmUp;
import dev.gatun.layers.train.TrainingState;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.check.Arguments;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Layers wired into a graph, with their weights in memory the model owns: close it when it is no longer used.
 *
 * <p>One thread at a time; a second one is refused with a clear message. To serve many threads give each its own
 * {@link #predictor}: they share the weights and nothing else.
 */
@SuppressWarnings("exports") // the network is for Gatun's own modules
public final class Model implements Networked, AutoCloseable {

    private final Network network;
    private final Map<String, String> metadata = new Metadata();

    private Model(Network network) {
        this.network = network;
    }

    /** Graph, weights and executions; for Gatun's own modules. */
    @Override
    public Network network() {
        return network;
    }

    /**
     * A model with one input and one or more outputs. Each model has weights of its own: of two models made from the same
     * nodes neither sees what the other learns, unlike in Keras ({@link #upTo} gives the values inside one model).
     *
     * @param input   where values enter
     * @param outputs what is computed from it, at least one
     * @return to be closed; its weights are drawn with seed 0, {@link #initialize} draws others
     * @throws IllegalArgumentException naming the layer, what it expected, what it got and the fix
     * @throws OutOfMemoryError         if the weights do not fit, naming the largest
     */
    public static Model of(Input input, Node... outputs) {
        return of(Collections.singletonList(input), Arguments.all(outputs, "Model.of", "outputs", "nodes"));
    }

    /**
     * A model over a graph of nodes. A layer called twice inside it has one set of weights; another model over the same nodes
     * has its own, as {@link #of(Input, Node...)} says.
     *
     * @param inputs  where values enter, in the order in which {@link #predict(List)} takes them
     * @param outputs what is computed from them, in the order in which {@link #predict(List)} gives them
     * @return to be closed; its weights are drawn with seed 0, {@link #initialize} draws others
     * @throws IllegalArgumentException naming the layer, what it expected, what it got and the fix
     * @throws OutOfMemoryError         if the weights do not fit, naming the largest
     */
    public static Model of(List<? extends Node> inputs, List<? extends Node> outputs) {
        return build("functional", false, inputs, outputs);
    }

    /**
     * A model over a graph of nodes, as {@link #of(List, List)} makes it, under a name of the user's.
     *
     * @param name    what messages, the summary and saved files call the model
     * @param inputs  where values enter, in the order in which {@link #predict(List)} takes them
     * @param outputs what is computed from them, in the order in which {@link #predict(List)} gives them
     * @return to be closed; its weights are drawn with seed 0, {@link #initialize} draws others
     * @throws IllegalArgumentException naming the layer, what it expected, what it got and the fix
     * @throws OutOfMemoryError         if the weights do not fit, naming the largest
     */
    public static Model named(String name, List<? extends Node> inputs, List<? extends Node> outputs) {
        return build(name, false, inputs, outputs);
    }

    static Model build(String name, boolean sequential, List<? extends Node> inputs, List<? extends Node> outputs) {
        Network network = new Network(Graph.of(name, sequential, inputs, outputs));
        try {
            network.initialize(0);
        } catch (RuntimeException | Error failed) {
            network.close();
            throw failed;
        }
        return new Model(network);
    }

    /**
     * A model whose weights are all zero: for readers of model files, which set every one of them.
     *
     * @param graph the checked layers and calls, for example {@link ModelNodes#graph}
     * @return to be closed
     * @throws OutOfMemoryError if the weights do not fit, naming the largest
     */
    public static Model zeros(Graph graph) {
        Arguments.required(graph, "Model.zeros", "graph", "a graph");
        return new Model(new Network(graph));
    }

    /**
     * What messages, the summary and saved files call the model.
     *
     * @return {@code sequential} or {@code functional} if it was given no name
     */
    public String name() {
        return network.name();
    }

    /**
     * The layers, their calls and the shapes of all values, as checked when the model was made.
     *
     * @return the graph this model runs
     */
    public Graph graph() {
        return network.graph();
    }

    /**
     * The names of the input layers.
     *
     * @return one for each input, in the order in which {@link #predict(List)} takes them
     */
    public List<String> inputNames() {
        return network.inputNames();
    }

    /**
     * The names of the outputs: that of the layer, with {@code _h} or {@code _c} behind it for a state of an LSTM.
     *
     * @return one for each output; a name that is there already has a number behind it
     */
    public List<String> outputNames() {
        return network.outputNames();
    }

    /**
     * The shapes of the inputs as declared.
     *
     * @return one for each input, batch first, unknown sizes included
     */
    public List<Shape> inputShapes() {
        return network.inputShapes();
    }

    /**
     * The shapes of the outputs that follow from the inputs as declared.
     *
     * @return one for each output, batch first, unknown sizes included
     */
    public List<Shape> outputShapes() {
        return network.outputShapes();
    }

    /** Prints the table of layers, shapes and numbers of weights that Keras prints. */
    public void summary() {
        System.out.print(summaryText());
    }

    /**
     * The text that {@link #summary} prints.
     *
     * @return lines, each ended by {@code '\n'}
     */
    public String summaryText() {
        return Summary.text(this);
    }

    /**
     * How many numbers the weights hold.
     *
     * @return the elements of all weights, trained or not, without the paddings they have in memory
     */
    public long parameterCount() {
        return network.weights().count();
    }

    /**
     * All weights under their public names.
     *
     * @return in the order of Keras's {@code model.weights}
     */
    public List<Weight> weights() {
        return network.weights().list();
    }

    /**
     * The weight of a name.
     *
     * @param name layer and weight, for example {@code lstm/kernel}
     * @return the weight itself: what is set through it, the model uses
     * @throws IllegalArgumentException if there is no such weight, naming those there are
     */
    public Weight weight(String name) {
        return network.weights().named(name);
    }

    /**
     * What this model is made of, as a layer of other models. They have weights of their own, see {@link #takeWeights}.
     *
     * @return of the model's name, unless that is the default
     */
    public Nested asLayer() {
        return ModelConfig.nodes(ModelConfig.toMap(graph())).layer();
    }

    /**
     * Gives a layer that is a model the weights of a model. All are compared before the first is copied.
     *
     * @param layer its name
     * @param from  a model of the same layers, for example the one that {@link #asLayer} was called of
     * @return this model
     * @throws IllegalArgumentException if one has a weight that the other lacks, or has in another shape
     * @throws IllegalStateException    if another thread uses one of the models, or one is closed
     */
    public Model takeWeights(String layer, Model from) {
        Arguments.required(layer, "Model.takeWeights", "layer", "the name of a layer");
        Arguments.required(from, "Model.takeWeights", "from", "a model");
        new WeightTransfer(this, layer, from).copy();
        return this;
    }

    /**
     * Says whether a training may change the weights of a layer, as {@code layer.trainable = False} in Keras. Saved with the
     * model; the summary counts what is left out.
     *
     * @param layer     its name
     * @param trainable false to keep its weights as they are
     * @return this model
     * @throws IllegalArgumentException if there is no such layer, naming those there are
     * @throws IllegalStateException    if a thread uses the model, be it the calling one, or it is closed
     */
    public Model trainable(String layer, boolean trainable) {
        network.trainable(layer, trainable);
        return this;
    }

    /**
     * Draws all weights anew; equal seeds give equal weights on every machine.
     *
     * @param seed any number
     * @throws IllegalStateException if another thread uses the model, or it is closed
     */
    public void initialize(long seed) {
        network.initialize(seed);
    }

    /**
     * How many threads train and predict; results are the same bits for any number.
     *
     * @param count 1 to 1024, the calling thread among them
     * @return this model
     * @throws IllegalArgumentException if there are fewer or more
     * @throws IllegalStateException    if another thread uses the model, or it is closed
     */
    public Model threads(int count) {
        network.threads(count);
        return this;
    }

    /**
     * How many threads train and predict.
     *
     * @return 1 to 1024, the calling thread among them; 1 unless {@link #threads(int)} set another number
     */
    public int threads() {
        return network.threads();
    }

    /**
     * Text a user keeps with the model, for example how data were scaled; saved with it. Any thread may read and change it
     * at any time: who goes through it sees it as it was at that moment.
     *
     * @return the map itself, in the order of first entry; null is refused as a key and as a value
     */
    public Map<String, String> metadata() {
        return metadata;
    }

    /**
     * Optimizer, step and epoch of a training that can be resumed: as of the last good epoch while the model is trained.
     *
     * @return empty if the model was never trained
     */
    public Optional<TrainingState> trainingState() {
        return network.progress().map(TrainingState.class::cast);
    }

    /**
     * Predicts all samples of a model with one input and one output.
     *
     * @param x [N,...], samples first, on the heap or not; N may be 0
     * @return [N,...] on the heap
     * @throws dev.gatun.memory.ShapeException if it does not fit the model
     * @throws IllegalStateException           if another thread uses the model, it is closed, the memory of x has been
     *                                         freed, or the model has several outputs
     */
    public Tensor predict(Tensor x) {
        return Prediction.only(predict(Collections.singletonList(x)), network.graph(), "Model");
    }

    /**
     * Predicts samples of a model with one input of rank 2 and one output. Arrays go in and are copied; what comes out is a
     * tensor whatever the model makes of them: {@link Tensor#toArray2} and {@link Tensor#toArray3} make arrays of it.
     *
     * @param x [N][F]: rows of one length
     * @return [N,...] on the heap
     * @throws dev.gatun.memory.ShapeException if there is no row, one has another length than the first, or they do not fit
     *                                         the model
     * @throws IllegalStateException           if another thread uses the model, it is closed, or it has several outputs
     */
    public Tensor predict(float[][] x) {
        return predict(Tensor.of(Arguments.required(x, "Model.predict", "x", "an array [N][F]")));
    }

    /**
     * Predicts sequences of a model with one input of rank 3 and one output, as {@link #predict(float[][])} does rows.
     *
     * @param x [N][T][F]: as many steps in each sequence, and as many numbers in each step
     * @return [N,...] on the heap
     * @throws dev.gatun.memory.ShapeException if there is no sequence, a part has another length than the first, or they do
     *                                         not fit the model
     * @throws IllegalStateException           if another thread uses the model, it is closed, or it has several outputs
     */
    public Tensor predict(float[][][] x) {
        return predict(Tensor.of(Arguments.required(x, "Model.predict", "x", "an array [N][T][F]")));
    }

    /**
     * Predicts all samples of a model with any number of inputs and outputs.
     *
     * @param inputs one tensor [N,...] for each input, in the order of {@link #inputNames}; N may be 0
     * @return one tensor [N,...] on the heap for each output, in the order of {@link #outputNames}
     * @throws dev.gatun.memory.ShapeException if they do not fit the model or each other
     * @throws IllegalStateException           if another thread uses the model, it is closed, or the memory of an input has
     *                                         been freed
     */
    public List<Tensor> predict(List<Tensor> inputs) {
        return predict(inputs, List.of());
    }

    /**
     * Predicts sequences of which some steps do not count, of a model with one input of sequences and one output.
     *
     * @param x    [N,T,F], or ids [N,T], padded to one length
     * @param mask which steps count: {@code Mask.lengths(5, 3, 8)}
     * @return [N,...] on the heap
     * @throws dev.gatun.memory.ShapeException if data or mask do not fit the model or each other
     * @throws IllegalArgumentException        if a layer cannot leave steps out, naming it
     * @throws IllegalStateException           if another thread uses the model, it is closed, the memory of x has been
     *                                         freed, or the model has several outputs
     */
    public Tensor predict(Tensor x, Mask mask) {
        Arguments.required(x, "Model.predict", "x", "a tensor, samples first");
        Arguments.required(mask, "Model.predict", "mask", "a mask, for example Mask.lengths(5, 3, 8)");
        return Prediction.only(predict(List.of(x), List.of(mask)), network.graph(), "Model");
    }

    /**
     * As {@link #predict(List)}, for inputs of which some steps do not count.
     *
     * @param inputs one tensor [N,...] for each input, in the order of {@link #inputNames}; N may be 0
     * @param masks  one for each input, {@link Mask#NONE} for an input without; one for the only input of sequences; or none
     * @return one tensor [N,...] on the heap for each output, in the order of {@link #outputNames}
     * @throws dev.gatun.memory.ShapeException if they do not fit the model or each other
     * @throws IllegalArgumentException        if a layer cannot leave steps out, naming it
     * @throws IllegalStateException           if another thread uses the model, it is closed, or the memory of an input has
     *                                         been freed
     */
    public List<Tensor> predict(List<Tensor> inputs, List<Mask> masks) {
        Arguments.all(masks, "Model.predict", "masks", "a mask for each input, or none");
        try (SingleUser.Use use = network.use("predict")) {
            GivenInputs given = network.given(inputs, masks);
            return Prediction.run(given, network.states(),
                    shapes -> network.execution(given.masked(), shapes, ExecutionMode.INFERENCE));
        }
    }

    /**
     * Predicts sequences of several lengths, of a model with one input and one output. Those of like lengths run together, so that
     * little is padded; a result has the bits of its sequence alone. Where layers are stateful all run as one, in their order, each
     * going on from that of its place in the call before. The steps of a sequence are its first axis in a time-major model, too.
     *
     * @param x sequences of features, or of ids
     * @return for each sequence, in their order, what the model makes of it: [T,...] of its own length, or [...] of an output
     *         without steps; on the heap
     * @throws dev.gatun.memory.ShapeException if they do not fit the model
     * @throws IllegalArgumentException        if a layer cannot leave steps out, naming it
     * @throws IllegalStateException           if another thread uses the model, it is closed, the memory of a sequence has been
     *                                         freed, or the model has several outputs
     */
    public List<Tensor> predict(Sequences x) {
        Arguments.required(x, "Model.predict", "x", "sequences, for example Sequences.of(first, second)");
        try (SingleUser.Use use = network.use("predict")) {
            return SequencePrediction.run(x, network.graph(), network.states(), this::predict);
        }
    }

    /**
     * Predicts sequences of a model with one input, and gives what every recurrent layer carries after the last step, whether it
     * returns its state or not.
     *
     * @param x [N,T,...], samples first
     * @return outputs, and h and c of each layer
     * @throws dev.gatun.memory.ShapeException if it does not fit the model
     * @throws IllegalStateException           if another thread uses the model, it is closed, or the memory of x has been freed
     */
    public Predicted predictWithStates(Tensor x) {
        return predictWithStates(x, LayerStates.ZERO);
    }

    /**
     * As {@link #predictWithStates(Tensor)}, from states that are given. A sequence cut into parts, each from the states after
     * the one before, has the bits of the whole. What stateful layers keep from run to run is neither read nor changed.
     *
     * @param x     [N,T,...], samples first
     * @param start where recurrent layers begin, each [N,U]; layers that are not named begin at zeros, or at what they have learned
     * @return outputs, and h and c of each layer
     * @throws dev.gatun.memory.ShapeException if data or states do not fit the model
     * @throws IllegalArgumentException        if a state is of no layer, or of one that begins at a state the model computes
     * @throws IllegalStateException           if another thread uses the model, it is closed, or the memory of x has been freed
     */
    public Predicted predictWithStates(Tensor x, LayerStates start) {
        Arguments.required(x, "Model.predictWithStates", "x", "a tensor, samples first");
        return predictWithStates(List.of(x), List.of(), start);
    }

    /**
     * As {@link #predictWithStates(Tensor, LayerStates)}, for any number of inputs, of which some steps may not count: a state is
     * that after the last step that does.
     *
     * @param inputs one tensor [N,...] for each input
     * @param masks  as for {@link #predict(List, List)}; none for an empty list
     * @param start  where recurrent layers begin, each [N,U]; {@link LayerStates#ZERO} for zeros
     * @return outputs, and h and c of each layer
     * @throws dev.gatun.memory.ShapeException if data, masks or states do not fit the model or each other
     * @throws IllegalArgumentException        if a layer cannot leave steps out, or a state is of no layer, or of one that begins
     *                                         at a state the model computes
     * @throws IllegalStateException           if another thread uses the model, it is closed, or the memory of an input has been
     *                                         freed
     */
    public Predicted predictWithStates(List<Tensor> inputs, List<Mask> masks, LayerStates start) {
        Arguments.all(masks, "Model.predictWithStates", "masks", "a mask for each input, or none");
        Arguments.required(start, "Model.predictWithStates", "start", "states of layers, or LayerStates.ZERO");
        try (SingleUser.Use use = network.use("predict")) {
            GivenInputs given = network.given(inputs, masks);
            Prediction.WithStates made = Prediction.run(given, start.toMap(),
                    shapes -> network.execution(given.masked(), shapes, ExecutionMode.CARRYING), network::carriedRows);
            return new Predicted(made.outputs(), LayerStates.of(made.states()));
        }
    }

    /**
     * Predicts at these sizes over and over, until the JVM has compiled what that needs and runs become no faster, or
     * {@link WarmUp#LIMIT} is over. Call it before the first request.
     *
     * @param shapes known shapes, batch first, one for each input
     * @return how long it took, and whether runs became steady
     * @throws dev.gatun.memory.ShapeException if they do not fit the model or each other
     * @throws IllegalStateException           if another thread uses the model, or it is closed
     */
    public WarmUp warmUp(Shape... shapes) {
        List<Shape> known = Arguments.all(shapes, "Model.warmUp", "shapes", "a known shape for each input");
        try (SingleUser.Use use = network.use("warm up")) {
            Execution execution = network.execution(known, ExecutionMode.INFERENCE);
            WarmUp[] warm = new WarmUp[1];
            network.states().aside(() -> warm[0] = WarmUp.of(execution::forward, WarmUp.LIMIT));
            return warm[0];
        }
    }

    /**
     * Lets stateful layers begin at zeros again, as Keras's {@code reset_states}; those of predictors and streams are their own.
     * In a model without such layers there is nothing to do.
     *
     * @throws IllegalStateException if another thread uses the model, or it is closed
     */
    public void resetStates() {
        try (SingleUser.Use use = network.use("reset its states")) {
            network.states().reset();
        }
    }

    /**
     * A door to values inside the model, as {@code keras.Model(model.input, model.get_layer("lstm").output)} is for
     * predictions: {@code model.upTo("lstm").predict(x)} gives what the layer {@code lstm} makes of x. It shares the
     * model's weights: what is trained or set later is seen by the next prediction. It takes the inputs of the model, runs
     * only the layers that lead to its values, and cannot be trained or saved. For one thread at a time, as every
     * predictor; to be closed before the model.
     *
     * @param names of layers, or of outputs as {@link #outputNames} gives them ({@code lstm_h}, {@code lstm_c} for the state
     *              of an LSTM that returns it); for a layer that is called several times with the number of the call,
     *              {@code dense[1]}. One result for each
     * @return a predictor of these values
     * @throws IllegalArgumentException if there is no value of such a name, naming those there are
     * @throws IllegalStateException    if the model is closed
     */
    public Predictor upTo(String... names) {
        network.requireOpen();
        List<String> values = List.copyOf(Arguments.all(names, "Model.upTo", "names", "the name of a layer"));
        network.graph().upTo(values);
        return new Predictor(network, values);
    }

    /**
     * A door for one more thread, which shares the weights and owns its working memory.
     *
     * @return to be closed before the model
     * @throws IllegalStateException if the model is closed
     */
    public Predictor predictor() {
        network.requireOpen();
        return new Predictor(network);
    }

    /**
     * Runs one sequence step by step, with the state of recurrent layers kept in between.
     *
     * @return to be closed before the model
     * @throws IllegalArgumentException if the model cannot run step by step, saying why
     * @throws IllegalStateException    if the model is closed
     */
    public ModelStream stream() {
        return stream(1);
    }

    /**
     * Runs B sequences in parallel step by step, as {@link #stream()} does one.
     *
     * @param batch B, at least 1
     * @return to be closed before the model
     * @throws IllegalArgumentException if B is less than 1 or the model cannot run step by step, saying why
     * @throws IllegalStateException    if the model is closed
     */
    public ModelStream stream(int batch) {
        return stream(batch, 1);
    }

    /**
     * As {@link #stream(int)}, on threads of its own. A second thread helps layers of some hundred units, as long as steps
     * follow each other within 20 microseconds; later the thread has gone to sleep and takes longer to wake than it saves.
     *
     * @param batch   B, at least 1
     * @param threads how many share a step, 1 to 1024, the calling thread among them
     * @return to be closed before the model
     * @throws IllegalArgumentException if a number is out of range or the model cannot run step by step, saying why
     * @throws IllegalStateException    if the model is closed
     */
    public ModelStream stream(int batch, int threads) {
        network.requireOpen();
        return new ModelStream(network, batch, threads);
    }

    /**
     * Saves weights, configuration, metadata and training state; the file name says the format.
     *
     * @param path of a file of any file system, written or replaced
     * @throws IOException if it cannot be written, or could not be loaded again; an old file of that name is then untouched
     */
    public void save(Path path) throws IOException {
        Arguments.required(path, "Model.save", "path", "the path of the file to write");
        try (SingleUser.Use use = network.use("save it")) {
            ModelWriter.of(path).save(this, path);
        }
    }

    /**
     * Saves to a stream what {@link #save(Path)} saves to a file.
     *
     * @param out    stays open
     * @param format the ending of such a file's name: {@code "gatun"}
     * @throws NullPointerException if an argument is null
     * @throws IOException          if it cannot be written, or could not be loaded again; in the second case nothing is written
     */
    public void save(OutputStream out, String format) throws IOException {
        Arguments.required(out, "Model.save", "out", "an open stream");
        Arguments.required(format, "Model.save", "format", "the ending of such a file, for example \"gatun\"");
        try (SingleUser.Use use = network.use("save it")) {
            ModelWriter.of(format).save(this, out);
        }
    }

    /**
     * Loads a model; the file's content says the format.
     *
     * @param path of a file, also inside a jar or of a file system in memory
     * @return to be closed
     * @throws IOException if there is no such file or it is damaged: one line says what is wrong
     */
    public static Model load(Path path) throws IOException {
        Arguments.required(path, "Model.load", "path", "the path of a model file");
        try (ModelSource source = ModelSource.of(path)) {
            return ModelReader.of(source).load(source);
        }
    }

    /**
     * Loads a model from a stream, for example of a resource; its content says the format.
     *
     * @param in holds the model and nothing else; read to its end, and left open
     * @return to be closed
     * @throws IOException if it is damaged or not a model: one line says what is wrong
     */
    public static Model load(InputStream in) throws IOException {
        Arguments.required(in, "Model.load", "in", "an open stream; if it is a resource, check its name");
        try (ModelSource source = ModelSource.of(in)) {
            return ModelReader.of(source).load(source);
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
        network.close();
    }
}
