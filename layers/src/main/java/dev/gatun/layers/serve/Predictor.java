package dev.gatun.layers.serve;

import dev.gatun.engine.team.Team;
import dev.gatun.layers.Mask;
import dev.gatun.layers.Sequences;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.layers.runtime.Execution;
import dev.gatun.layers.runtime.GivenInputs;
import dev.gatun.layers.runtime.RunStates;
import dev.gatun.layers.runtime.MaskedExecutions;
import dev.gatun.layers.runtime.MaskedGraphs;
import dev.gatun.layers.runtime.Network;
import dev.gatun.layers.runtime.Prediction;
import dev.gatun.layers.runtime.SequencePrediction;
import dev.gatun.layers.runtime.SingleUser;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.check.Arguments;
import java.util.List;

/**
 * A thread's own door to a model: shares the weights, owns its working memory. One thread at a time; a second one is refused
 * with a clear message. Layers that are stateful go on from this door's own runs. May run while the model is trained: it reads
 * the weights of the last good epoch, all of one moment.
 */
@SuppressWarnings("exports") // the network is for Gatun's own modules
public final class Predictor implements AutoCloseable {

    private final Network network;
    private final SingleUser user;
    /** As the user knows it, for the names of its outputs. */
    private final Graph part;
    /** What runs of it. */
    private final Graph flat;
    private final Team team = new Team(1);
    private final RunStates states;
    private final MaskedGraphs graphs = new MaskedGraphs();
    private final MaskedExecutions kept = new MaskedExecutions(this::make);

    /**
     * As {@link dev.gatun.layers.model.Model#predictor}.
     *
     * @param network whose weights are used
     * @throws IllegalStateException if the model is closed
     */
    public Predictor(Network network) {
        Arguments.required(network, "Predictor", "model", "an open model");
        this(network, List.of());
    }

    /**
     * A door to values inside a network, see {@link dev.gatun.layers.model.Model#upTo}.
     *
     * @param network whose weights are used
     * @param values names of layers and outputs; an empty list for the model's own outputs
     * @throws IllegalArgumentException if there is no value of such a name, naming those there are
     * @throws IllegalStateException    if the model is closed
     */
    public Predictor(Network network, List<String> values) {
        Arguments.required(network, "Predictor", "model", "an open model");
        Arguments.all(values, "Predictor", "values", "names of layers and outputs");
        this.network = network;
        this.part = values.isEmpty() ? network.graph() : network.graph().upTo(values);
        this.flat = part.flat();
        this.states = network.newStates(flat);
        this.user = network.users().open("Predictor", "model.predictor()");
    }

    /**
     * As {@link dev.gatun.layers.model.Model#predict(Tensor)}.
     *
     * @param x [N,...], samples first
     * @return [N,...] on the heap
     * @throws dev.gatun.memory.ShapeException if it does not fit the model
     * @throws IllegalStateException           if another thread is inside, the predictor or its model is closed, the memory
     *                                         of x has been freed, or the model has several outputs
     */
    public Tensor predict(Tensor x) {
        Arguments.required(x, "Predictor.predict", "x", "a tensor, samples first");
        return Prediction.only(predict(List.of(x)), part, "This predictor of model");
    }

    /**
     * As {@link dev.gatun.layers.model.Model#predict(float[][])}.
     *
     * @param x [N][F]: rows of one length
     * @return [N,...] on the heap
     * @throws dev.gatun.memory.ShapeException if there is no row, one has another length than the first, or they do not fit
     *                                         the model
     * @throws IllegalStateException           if another thread is inside, the predictor or its model is closed, or the model
     *                                         has several outputs
     */
    public Tensor predict(float[][] x) {
        return predict(Tensor.of(Arguments.required(x, "Predictor.predict", "x", "an array [N][F]")));
    }

    /**
     * As {@link dev.gatun.layers.model.Model#predict(float[][][])}.
     *
     * @param x [N][T][F]: as many steps in each sequence, and as many numbers in each step
     * @return [N,...] on the heap
     * @throws dev.gatun.memory.ShapeException if there is no sequence, a part has another length than the first, or they do
     *                                         not fit the model
     * @throws IllegalStateException           if another thread is inside, the predictor or its model is closed, or the model
     *                                         has several outputs
     */
    public Tensor predict(float[][][] x) {
        return predict(Tensor.of(Arguments.required(x, "Predictor.predict", "x", "an array [N][T][F]")));
    }

    /**
     * As {@link dev.gatun.layers.model.Model#predict(List)}.
     *
     * @param inputs one tensor [N,...] for each input
     * @return one tensor [N,...] on the heap for each output
     * @throws dev.gatun.memory.ShapeException if they do not fit the model
     * @throws IllegalStateException           if another thread is inside, the predictor or its model is closed, or the
     *                                         memory of an input has been freed
     */
    public List<Tensor> predict(List<Tensor> inputs) {
        return predict(inputs, List.of());
    }

    /**
     * As {@link dev.gatun.layers.model.Model#predict(Tensor, Mask)}.
     *
     * @param x    [N,T,F], or ids [N,T], padded to one length
     * @param mask which steps count
     * @return [N,...] on the heap
     * @throws dev.gatun.memory.ShapeException if data or mask do not fit the model or each other
     * @throws IllegalArgumentException        if a layer cannot leave steps out, naming it
     * @throws IllegalStateException           if another thread is inside, the predictor or its model is closed, the memory
     *                                         of x has been freed, or the model has several outputs
     */
    public Tensor predict(Tensor x, Mask mask) {
        Arguments.required(x, "Predictor.predict", "x", "a tensor, samples first");
        Arguments.required(mask, "Predictor.predict", "mask", "a mask, for example Mask.lengths(5, 3, 8)");
        return Prediction.only(predict(List.of(x), List.of(mask)), part, "This predictor of model");
    }

    /**
     * As {@link dev.gatun.layers.model.Model#predict(List, List)}.
     *
     * @param inputs one tensor [N,...] for each input
     * @param masks  one for each input, {@link Mask#NONE} for an input without; one for the only input of sequences; or none
     * @return one tensor [N,...] on the heap for each output
     * @throws dev.gatun.memory.ShapeException if they do not fit the model or each other
     * @throws IllegalArgumentException        if a layer cannot leave steps out, naming it
     * @throws IllegalStateException           if another thread is inside, the predictor or its model is closed, or the
     *                                         memory of an input has been freed
     */
    public List<Tensor> predict(List<Tensor> inputs, List<Mask> masks) {
        Arguments.all(masks, "Predictor.predict", "masks", "a mask for each input, or none");
        user.enter("predict");
        try {
            GivenInputs given = GivenInputs.of(flat, inputs, masks, graphs);
            return Prediction.run(given, states, shapes -> kept.get(given.masked(), shapes, ExecutionMode.INFERENCE));
        } finally {
            user.exit();
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
     * @throws IllegalStateException           if another thread is inside, the predictor or its model is closed, the memory of a
     *                                         sequence has been freed, or the model has several outputs
     */
    public List<Tensor> predict(Sequences x) {
        Arguments.required(x, "Predictor.predict", "x", "sequences, for example Sequences.of(first, second)");
        user.enter("predict");
        try {
            return SequencePrediction.run(x, part, states, this::predict);
        } finally {
            user.exit();
        }
    }

    /**
     * Predicts sequences of a model with one input, and gives what every recurrent layer carries after the last step, whether it
     * returns its state or not.
     *
     * @param x [N,T,...], samples first
     * @return outputs, and h and c of each layer
     * @throws dev.gatun.memory.ShapeException if it does not fit the model
     * @throws IllegalStateException           if another thread is inside, the predictor or its model is closed, or the memory of x
     *                                         has been freed
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
     * @throws IllegalStateException           if another thread is inside, the predictor or its model is closed, or the memory of x
     *                                         has been freed
     */
    public Predicted predictWithStates(Tensor x, LayerStates start) {
        Arguments.required(x, "Predictor.predictWithStates", "x", "a tensor, samples first");
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
     * @throws IllegalStateException           if another thread is inside, the predictor or its model is closed, or the memory of
     *                                         an input has been freed
     */
    public Predicted predictWithStates(List<Tensor> inputs, List<Mask> masks, LayerStates start) {
        Arguments.all(masks, "Predictor.predictWithStates", "masks", "a mask for each input, or none");
        Arguments.required(start, "Predictor.predictWithStates", "start", "states of layers, or LayerStates.ZERO");
        user.enter("predict");
        try {
            GivenInputs given = GivenInputs.of(flat, inputs, masks, graphs);
            Prediction.WithStates made = Prediction.run(given, start.toMap(),
                    shapes -> kept.get(given.masked(), shapes, ExecutionMode.CARRYING), network::carriedRows);
            return new Predicted(made.outputs(), LayerStates.of(made.states()));
        } finally {
            user.exit();
        }
    }

    private Execution make(List<Integer> masked, List<Shape> largest, ExecutionMode mode) {
        return network.newExecution(graphs.of(flat, masked), largest, mode, team, states);
    }

    /**
     * As {@link dev.gatun.layers.model.Model#resetStates}, for what this door's own runs have left.
     *
     * @throws IllegalStateException if another thread is inside, or the predictor is closed
     */
    public void resetStates() {
        user.enter("reset its states");
        try {
            states.reset();
        } finally {
            user.exit();
        }
    }

    /**
     * Frees the working memory. A second call does nothing.
     *
     * @throws IllegalStateException if a thread is inside; nothing is closed then
     */
    @Override
    public void close() {
        if (user.close()) {
            kept.close();
            states.close();
        }
        team.close();
    }
}
