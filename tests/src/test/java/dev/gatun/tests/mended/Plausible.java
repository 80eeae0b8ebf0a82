package dev.gatun.tests.mended;

import dev.gatun.engine.cell.CellFunctions;
import dev.gatun.engine.function.ActivationFormula;
import dev.gatun.engine.function.ActivationKind;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.GateOrder;
import dev.gatun.engine.gemm.WeightLayout;
import dev.gatun.engine.random.Philox;
import dev.gatun.engine.team.Team;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.gatun.formats.FormatException;
import dev.gatun.formats.ImportReport;
import dev.gatun.formats.Imported;
import dev.gatun.formats.ModelImporter;
import dev.gatun.formats.gatun.GatunFormat;
import dev.gatun.formats.icu.IcuDictionary;
import dev.gatun.formats.icu.IcuFormat;
import dev.gatun.formats.keras.KerasFormat;
import dev.gatun.formats.onnx.OnnxArray;
import dev.gatun.formats.onnx.OnnxPort;
import dev.gatun.formats.onnx.OnnxRunner;
import dev.gatun.formats.nam.NamFormat;
import dev.gatun.formats.rtneural.RtNeuralFormat;
import dev.gatun.formats.onnx.OnnxAxes;
import dev.gatun.formats.onnx.OnnxFormat;
import dev.gatun.formats.onnx.OnnxPlace;
import dev.gatun.formats.tensors.AtomicFile;
import dev.gatun.formats.tensors.HeaderCheck;
import dev.gatun.formats.tensors.NumberType;
import dev.gatun.formats.tensors.Npz;
import dev.gatun.formats.tensors.Safetensors;
import dev.gatun.formats.tensors.SafetensorsFile;
import dev.gatun.formats.tensors.SafetensorsWriter;
import dev.gatun.formats.tensors.TensorInfo;
import dev.gatun.formats.tensors.TensorSource;
import dev.gatun.formats.weights.LoadedWeights;
import dev.gatun.formats.weights.NamedWeights;
import dev.gatun.formats.weights.ReadWeights;
import dev.gatun.formats.weights.WeightReader;
import dev.gatun.formats.keras.KerasWeightReader;
import dev.gatun.formats.keras.legacy.LegacyWeightReader;
import dev.gatun.formats.torch.TorchArchitecture;
import dev.gatun.formats.torch.TorchFormat;
import dev.gatun.formats.torch.TorchWeightReader;
import dev.gatun.layers.Add;
import dev.gatun.layers.Average;
import dev.gatun.layers.Concatenate;
import dev.gatun.layers.Dot;
import dev.gatun.layers.Elementwise;
import dev.gatun.layers.Flatten;
import dev.gatun.layers.Identity;
import dev.gatun.layers.Maximum;
import dev.gatun.layers.MergeLayer;
import dev.gatun.layers.Minimum;
import dev.gatun.layers.Multiply;
import dev.gatun.layers.Reduction;
import dev.gatun.layers.RepeatVector;
import dev.gatun.layers.Reshape;
import dev.gatun.layers.Slicing;
import dev.gatun.layers.StepMask;
import dev.gatun.layers.Subtract;
import dev.gatun.layers.Activation;
import dev.gatun.layers.AdaptiveAveragePooling1D;
import dev.gatun.layers.AdaptiveMaxPooling1D;
import dev.gatun.layers.AdaptivePoolingLayer;
import dev.gatun.layers.ActivationFunction;
import dev.gatun.layers.ActivityRegularization;
import dev.gatun.layers.AffineNormalization;
import dev.gatun.layers.AlphaDropout;
import dev.gatun.layers.BatchNormalization;
import dev.gatun.layers.AdditiveAttention;
import dev.gatun.layers.Attention;
import dev.gatun.layers.AttentionLayer;
import dev.gatun.layers.AttentionOutput;
import dev.gatun.layers.GroupQueryAttention;
import dev.gatun.layers.HeadedAttention;
import dev.gatun.layers.MultiHeadAttention;
import dev.gatun.layers.ScoreMode;
import dev.gatun.layers.Softmax;
import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.Constraint;
import dev.gatun.layers.ConfiguredLayer;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Dropout;
import dev.gatun.layers.Elu;
import dev.gatun.layers.Embedding;
import dev.gatun.layers.FunctionLayer;
import dev.gatun.layers.GaussianDropout;
import dev.gatun.layers.GaussianNoise;
import dev.gatun.layers.GroupNormalization;
import dev.gatun.layers.LayerNormalization;
import dev.gatun.layers.LeakyRelu;
import dev.gatun.layers.PRelu;
import dev.gatun.layers.Relu;
import dev.gatun.layers.RmsNormalization;
import dev.gatun.layers.SpatialDropout1D;
import dev.gatun.layers.UnitNormalization;
import dev.gatun.layers.CategoryEncoding;
import dev.gatun.layers.IntegerLookup;
import dev.gatun.layers.Normalization;
import dev.gatun.layers.OutputMode;
import dev.gatun.layers.Rescaling;
import dev.gatun.layers.Initializer;
import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerCall;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.LayerTypes;
import dev.gatun.layers.GatedCell;
import dev.gatun.layers.GruCell;
import dev.gatun.layers.KernelCell;
import dev.gatun.layers.LstmCell;
import dev.gatun.layers.Rnn;
import dev.gatun.layers.SimpleRnnCell;
import dev.gatun.layers.StackedRnnCells;
import dev.gatun.layers.GatedLayer;
import dev.gatun.layers.Gru;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Bidirectional;
import dev.gatun.layers.BidirectionalOutput;
import dev.gatun.layers.MergeMode;
import dev.gatun.layers.nested.Nested;
import dev.gatun.layers.nested.Wired;
import dev.gatun.layers.Mask;
import dev.gatun.layers.ConstantState;
import dev.gatun.layers.Masking;
import dev.gatun.layers.KernelLayer;
import dev.gatun.layers.RecurrentLayer;
import dev.gatun.layers.SimpleRnn;
import dev.gatun.layers.Node;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.OnnxLoop;
import dev.gatun.layers.Option;
import dev.gatun.layers.OptionKind;
import dev.gatun.layers.OptionReader;
import dev.gatun.layers.OptionSet;
import dev.gatun.layers.OptionValues;
import dev.gatun.layers.Conv1D;
import dev.gatun.layers.Conv1DTranspose;
import dev.gatun.layers.ConvolutionLayer;
import dev.gatun.layers.SeparableConv1D;
import dev.gatun.layers.DepthwiseConv1D;
import dev.gatun.layers.DepthwiseLayer;
import dev.gatun.layers.MaxPooling1D;
import dev.gatun.layers.AveragePooling1D;
import dev.gatun.layers.PoolingLayer;
import dev.gatun.layers.GlobalMaxPooling1D;
import dev.gatun.layers.GlobalAveragePooling1D;
import dev.gatun.layers.GlobalPoolingLayer;
import dev.gatun.layers.UpSampling1D;
import dev.gatun.layers.ZeroPadding1D;
import dev.gatun.layers.Cropping1D;
import dev.gatun.layers.Padding;
import dev.gatun.layers.Permute;
import dev.gatun.layers.Regularizer;
import dev.gatun.layers.RecurrentOutput;
import dev.gatun.layers.Sequences;
import dev.gatun.layers.State;
import dev.gatun.layers.TimeDistributed;
import dev.gatun.layers.Weight;
import dev.gatun.layers.WeightRole;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.cell.CellMemory;
import dev.gatun.layers.cell.CellProduct;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.ModelConfig;
import dev.gatun.layers.model.ModelNodes;
import dev.gatun.layers.model.ModelReader;
import dev.gatun.layers.model.ModelSource;
import dev.gatun.layers.model.ModelWriter;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.model.SummaryRow;
import dev.gatun.layers.model.SummaryTotals;
import dev.gatun.layers.onnx.OnnxAttribute;
import dev.gatun.layers.onnx.OnnxGraph;
import dev.gatun.layers.onnx.OnnxGraphBuilder;
import dev.gatun.layers.onnx.OnnxNode;
import dev.gatun.layers.onnx.OnnxTensor;
import dev.gatun.layers.onnx.OnnxType;
import dev.gatun.layers.onnx.OnnxValue;
import dev.gatun.layers.plan.CallPlace;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.PlanMemory;
import dev.gatun.layers.plan.RowSet;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.layers.plan.Value;
import dev.gatun.layers.plan.WeightPlaces;
import dev.gatun.layers.runtime.Execution;
import dev.gatun.layers.runtime.ModelUsers;
import dev.gatun.layers.runtime.ModelWeights;
import dev.gatun.layers.runtime.RunStates;
import dev.gatun.layers.runtime.Network;
import dev.gatun.layers.runtime.Networked;
import dev.gatun.layers.runtime.SingleUser;
import dev.gatun.layers.serve.LayerStates;
import dev.gatun.layers.serve.ModelStream;
import dev.gatun.layers.serve.Predicted;
import dev.gatun.layers.serve.Predictor;
import dev.gatun.layers.serve.WarmUp;
import dev.gatun.layers.train.Adagrad;
import dev.gatun.layers.train.Adam;
import dev.gatun.layers.train.AdamW;
import dev.gatun.layers.train.BatchRows;
import dev.gatun.layers.train.Callback;
import dev.gatun.layers.train.Clipping;
import dev.gatun.layers.train.ColumnLoss;
import dev.gatun.layers.train.ConfigReader;
import dev.gatun.layers.train.ConfiguredOptimizer;
import dev.gatun.layers.train.ConfiguredOptimizerType;
import dev.gatun.layers.train.EarlyStopping;
import dev.gatun.layers.train.History;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Metric;
import dev.gatun.layers.train.Optimizer;
import dev.gatun.layers.train.ObjectiveConfig;
import dev.gatun.layers.train.OptimizerConfiguration;
import dev.gatun.layers.train.OptimizerState;
import dev.gatun.layers.train.RmsProp;
import dev.gatun.layers.train.Samples;
import dev.gatun.layers.train.Sgd;
import dev.gatun.layers.train.Trainer;
import dev.gatun.layers.train.Training;
import dev.gatun.layers.train.TrainingLoop;
import dev.gatun.layers.train.TrainingState;
import dev.gatun.layers.train.WithoutGradient;
import dev.gatun.layers.type.BuiltInTypes;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.layers.value.ValueType;
import dev.gatun.memory.DataType;
import dev.gatun.memory.MappedFile;
import dev.gatun.memory.MemoryPlan;
import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Slot;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.TensorArena;
import dev.gatun.memory.Uninterrupted;
import dev.gatun.tests.Positional;
import dev.gatun.tests.own.Signum;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Type;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Optional;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A value for every type of argument there is, and a receiver for every method: what a user could well have in hand. */
final class Plausible implements AutoCloseable {

    private final Map<String, Object> byType = new HashMap<>();
    private final List<AutoCloseable> open = new ArrayList<>();

    /** @param folder where files may be written */
    Plausible(Path folder) throws IOException {
        put("java.lang.String", "name");
        put("java.nio.file.Path", folder.resolve("model.gatun"));
        put("java.lang.Object", "thing");
        put("java.lang.Throwable", new IOException("cause"));
        put("java.time.Duration", Duration.ofMillis(1));
        put("java.lang.Runnable", (Runnable) () -> {});
        put("java.lang.foreign.MemorySegment", MemorySegment.ofArray(new float[1024]));
        put("java.nio.channels.WritableByteChannel", Channels.newChannel(new ByteArrayOutputStream()));
        put("java.io.InputStream", new ByteArrayInputStream(new byte[0]));
        put("java.lang.Enum", Clipping.Kind.VALUE);
        put("java.util.List", List.of());
        put("java.util.Map", Map.of());
        put("java.util.function.Function", (Function<Object, Object>) any -> null);
        put("java.util.function.UnaryOperator", UnaryOperator.identity());
        put("java.io.OutputStream", new ByteArrayOutputStream());
        put("float[]", new float[6]);
        put("float[][]", new float[][] {{1, 2, 3}});
        put("float[][][]", new float[][][] {{{1, 2, 3}, {4, 5, 6}}});
        put("int[][]", new int[][] {{1, 2}});
        put("double[]", new double[6]);
        put("int[]", new int[] {0});
        put("long[]", new long[] {2, 3});
        put("boolean[]", new boolean[] {true});
        byType.putAll(PlausibleData.values());
        memory();
        layers();
        onnx();
        model(folder);
        training();
        formats(folder);
    }

    private void put(String type, Object value) {
        byType.put(type, value);
    }

    private void put(Class<?> type, Object value) {
        byType.put(type.getTypeName(), value);
        if (value instanceof AutoCloseable closeable) {
            open.add(closeable);
        }
    }

    private void memory() throws IOException {
        TensorArena arena = TensorArena.open("plausible");
        ParameterBlock.Layout layout = new ParameterBlock.Layout();
        put(ParameterBlock.Entry.class, layout.add("w", 64));
        put(TensorArena.class, arena);
        put(ParameterBlock.Layout.class, layout);
        put(ParameterBlock.class, layout.allocate(arena, "test"));
        put("dev.gatun.memory.ParameterBlock[]", new ParameterBlock[] {layout.allocate(arena, "test")});
        put(Uninterrupted.Work.class, (Uninterrupted.Work<Object>) () -> "done");
        put(Shape.class, Shape.of(2, 3));
        put(DataType.class, DataType.FLOAT32);
        put("dev.gatun.memory.Shape[]", new Shape[] {Shape.of(2, 4, 3)});
        put(Tensor.class, Tensor.zeros(2, 4, 3));
        put(MemoryPlan.class, new MemoryPlan());
        put(Slot.class, new Slot("s", Slot.Kind.WORKSPACE, 0, 64));
        put(Slot.Kind.class, Slot.Kind.SCRATCH);
        put("java.util.List<dev.gatun.memory.Shape>", List.of(Shape.of(2, 4, 3)));
        put("java.util.List<dev.gatun.memory.Tensor>", List.of(Tensor.zeros(2, 4, 3)));
        put("java.util.List<dev.gatun.memory.ParameterBlock>", List.of(layout.allocate(arena, "test")));
        put("java.util.List<java.lang.String>", List.of("lstm"));
        put("java.util.Map<java.lang.String, dev.gatun.memory.Tensor>", Map.of("input_layer", Tensor.zeros(2, 4, 3)));
        put("java.util.Map<java.lang.String, dev.gatun.memory.Shape>", Map.of("w", Shape.of(2)));
        put("java.util.Map<java.lang.String, java.lang.String>", Map.of("key", "value"));
        put("java.util.Map<java.lang.String, java.lang.Double>", Map.of("loss", 1.0));
        put("java.util.List<java.util.Map<java.lang.String, java.lang.Double>>", List.of(Map.of("loss", 1.0)));
        put("java.lang.String[]", new String[] {"lstm"});
    }

    private void layers() {
        Input input = Input.sequence(3);
        RecurrentOutput output = Lstm.units(2).returnState().named("lstm").on(input);
        put(ActivationFunction.class, ActivationFunction.TANH);
        put(ActivationKind.class, ActivationKind.TANH);
        put("java.util.Map<java.lang.String, ? extends java.lang.Number>", Map.of("alpha", 1f));
        put(ActivationFormula.class, ActivationFormula.TANH);
        put(CellFunctions.class, CellFunctions.STANDARD);
        put(GateOrder.class, GateOrder.together(2));
        put("java.util.List<java.util.List<java.lang.Integer>>", List.of(List.of(1), List.of(0)));
        put(WeightLayout.class, WeightLayout.plain(3, 2));
        put(Philox.class, new Philox(1, 2));
        put(Team.class, new Team(1));
        put(Team.Job.class, (Team.Job) (member, size) -> {});
        put(Input.class, input);
        put(Node.class, output);
        put(RecurrentOutput.class, output);
        put(LayerCall.class, output.call());
        put(State.class, output.state());
        put(Lstm.class, Lstm.units(2));
        put(Gru.class, Gru.units(2));
        put(SimpleRnn.class, SimpleRnn.units(2));
        put(Rnn.class, Rnn.of(LstmCell.units(2)));
        put(LstmCell.class, LstmCell.units(2));
        put(GruCell.class, GruCell.units(2));
        put(SimpleRnnCell.class, SimpleRnnCell.units(2));
        put(StackedRnnCells.class, StackedRnnCells.of(LstmCell.units(2)));
        put(KernelCell.class, LstmCell.units(2));
        put(GatedCell.class, LstmCell.units(2));
        put(KernelLayer.class, Dense.units(2));
        put(RecurrentLayer.class, Gru.units(2));
        put(GatedLayer.class, Gru.units(2));
        put(Dense.class, Dense.units(2));
        put(Configuration.class, Dense.units(2).configuration());
        put(OptionSet.class, Dense.OPTIONS);
        put(Option.class, Dense.OPTIONS.options().getFirst());
        put("dev.gatun.layers.Option<?>[]", Dense.OPTIONS.options().toArray(Option<?>[]::new));
        put("dev.gatun.layers.Option<V>", Dense.OPTIONS.options().getFirst());
        put(LayerTypes.class, BuiltInTypes.ALL);
        put(LayerTypes.Source.class, new LayerTypes.Source() {
            @Override
            public List<String> kinds() {
                return List.of("Dense");
            }

            @Override
            public LayerType<?> type(String kind) {
                return BuiltInTypes.ALL.named(kind);
            }
        });
        put(Conv1D.class, Conv1D.of(2, 3));
        put(Conv1DTranspose.class, Conv1DTranspose.of(2, 3));
        put(ConvolutionLayer.class, Conv1D.of(2, 3));
        put(SeparableConv1D.class, SeparableConv1D.of(2, 3));
        put(DepthwiseConv1D.class, DepthwiseConv1D.of(3));
        put(DepthwiseLayer.class, DepthwiseConv1D.of(3));
        put(MaxPooling1D.class, MaxPooling1D.of(2));
        put(AveragePooling1D.class, AveragePooling1D.of(2));
        put(PoolingLayer.class, MaxPooling1D.of(2));
        put(GlobalMaxPooling1D.class, GlobalMaxPooling1D.of());
        put(GlobalAveragePooling1D.class, GlobalAveragePooling1D.of());
        put(GlobalPoolingLayer.class, GlobalMaxPooling1D.of());
        put(AdaptiveMaxPooling1D.class, AdaptiveMaxPooling1D.of(2));
        put(AdaptiveAveragePooling1D.class, AdaptiveAveragePooling1D.of(2));
        put(AdaptivePoolingLayer.class, AdaptiveMaxPooling1D.of(2));
        put(UpSampling1D.class, UpSampling1D.of(2));
        put(ZeroPadding1D.class, ZeroPadding1D.of(1));
        put(Cropping1D.class, Cropping1D.of(1));
        put(Padding.class, Padding.SAME);
        put(Permute.class, Permute.dims(2, 1));
        put(LeakyRelu.class, LeakyRelu.slope(0.3));
        put(PRelu.class, PRelu.of());
        put(Elu.class, Elu.alpha(1));
        put(Relu.class, Relu.of());
        put(FunctionLayer.class, Relu.of());
        put(BatchNormalization.class, BatchNormalization.of());
        put(LayerNormalization.class, LayerNormalization.of());
        put(RmsNormalization.class, RmsNormalization.of());
        put(GroupNormalization.class, GroupNormalization.groups(2));
        put(UnitNormalization.class, UnitNormalization.of());
        put(AffineNormalization.class, LayerNormalization.of());
        put(SpatialDropout1D.class, SpatialDropout1D.rate(0.5));
        put(GaussianNoise.class, GaussianNoise.stddev(1));
        put(GaussianDropout.class, GaussianDropout.rate(0.5));
        put(AlphaDropout.class, AlphaDropout.rate(0.5));
        put(ActivityRegularization.class, ActivityRegularization.of(0.1, 0));
        put(MergeLayer.class, Add.of());
        put(Add.class, Add.of());
        put(Subtract.class, Subtract.of());
        put(Multiply.class, Multiply.of());
        put(Average.class, Average.of());
        put(Maximum.class, Maximum.of());
        put(Minimum.class, Minimum.of());
        put(Concatenate.class, Concatenate.of());
        put(Dot.class, Dot.axes(-1));
        put(Flatten.class, Flatten.of());
        put(Reshape.class, Reshape.to(-1));
        put(RepeatVector.class, RepeatVector.times(2));
        put(Identity.class, Identity.of());
        put(Elementwise.class, Elementwise.of(Elementwise.Function.ADD));
        put(Elementwise.Function.class, Elementwise.Function.ADD);
        put(Reduction.class, Reduction.of(Reduction.Function.SUM, 1));
        put(Reduction.Function.class, Reduction.Function.SUM);
        put(Slicing.class, Slicing.of("-1"));
        put(StepMask.class, StepMask.of());
        put(Masking.class, Masking.value(0));
        put(ConstantState.class, ConstantState.of(Tensor.zeros(4)));
        put("dev.gatun.memory.Tensor[]", new Tensor[] {Tensor.zeros(4)});
        put(Embedding.class, Embedding.of(4, 2));
        put(Rescaling.class, Rescaling.by(2));
        put(Normalization.class, Normalization.of());
        put(CategoryEncoding.class, CategoryEncoding.tokens(4));
        put(IntegerLookup.class, IntegerLookup.of(4, 2, 9));
        put(OutputMode.class, OutputMode.ONE_HOT);
        put(WithoutGradient.class, WithoutGradient.STAYS);
        put(Mask.class, Mask.NONE);
        put("java.util.List<dev.gatun.layers.Mask>", List.of(Mask.NONE));
        put(Sequences.class, Sequences.of(new float[][] {{1, 2, 3}, {4, 5, 6}}));
        put(LayerStates.class, LayerStates.ZERO.with("lstm", Tensor.zeros(2, 2), Tensor.zeros(2, 2)));
        put(Predicted.class, new Predicted(List.of(Tensor.zeros(2, 2)), LayerStates.ZERO));
        put("dev.gatun.memory.Tensor[]", new Tensor[] {Tensor.zeros(2, 2)});
        put("java.util.Map<java.lang.String, java.util.List<dev.gatun.memory.Tensor>>",
                Map.of("lstm", List.of(Tensor.zeros(2, 2))));
        put("boolean[][]", new boolean[][] {{true, false}});
        put(ConfiguredLayer.class, Dense.units(2));
        put(CallArguments.class, output.call().arguments());
        put(Layer.class, Dense.units(2));
        put("dev.gatun.layers.Layer[]", new Layer[] {input, Dense.units(2)});
        put("dev.gatun.layers.Node[]", new Node[] {output});
        put(BuiltLayer.class, Positional.build(Dense.units(2), "dense", List.of(Shape.of(2, 3))));
        put(Softmax.class, Softmax.of());
        put(Attention.class, Attention.of());
        put(AttentionLayer.class, Attention.of());
        put(AdditiveAttention.class, AdditiveAttention.of());
        put(MultiHeadAttention.class, MultiHeadAttention.of(2, 3));
        put(HeadedAttention.class, MultiHeadAttention.of(2, 3));
        put(GroupQueryAttention.class, GroupQueryAttention.of(3, 4, 2));
        put(AttentionOutput.class, Attention.of().on(input));
        put(ScoreMode.class, ScoreMode.DOT);
        put(Dropout.class, Dropout.rate(0.5));
        put(Activation.class, Activation.of("relu"));
        put(TimeDistributed.class, TimeDistributed.of(Dense.units(2)));
        put(Bidirectional.class, Bidirectional.of(Lstm.units(2)));
        put(BidirectionalOutput.class, Bidirectional.of(Lstm.units(2)).on(input));
        put(MergeMode.class, MergeMode.SUM);
        put(Nested.class, Nested.of(input, output));
        put(Wired.class, Nested.of(input, output).model());
        put("java.util.List<dev.gatun.layers.Input>", List.of(input));
        put(Initializer.class, Initializer.ZEROS);
        put(Initializer.Constant.class, new Initializer.Constant(1));
        put(Initializer.RandomUniform.class, new Initializer.RandomUniform(0, 1));
        put(Initializer.RandomNormal.class, new Initializer.RandomNormal(0, 1, true));
        put(Initializer.Orthogonal.class, Initializer.ORTHOGONAL);
        put(Initializer.Identity.class, Initializer.IDENTITY);
        put(Initializer.VarianceScaling.class, Initializer.GLOROT_UNIFORM);
        put(Initializer.VarianceScaling.Fan.class, Initializer.VarianceScaling.Fan.IN);
        put(Initializer.VarianceScaling.Distribution.class, Initializer.VarianceScaling.Distribution.UNIFORM);
        put(Initializer.Seeded.class, new Initializer.Seeded(Initializer.GLOROT_UNIFORM, 3));
        put(Initializer.ForgetBias.class, new Initializer.ForgetBias(Initializer.ZEROS));
        put(Regularizer.class, Regularizer.NONE);
        put(Regularizer.L1L2.class, new Regularizer.L1L2(0, 1));
        put(Regularizer.Orthogonal.class, new Regularizer.Orthogonal(1, true));
        put(Constraint.class, Constraint.NONE);
        put(Constraint.None.class, new Constraint.None());
        put(Constraint.NonNegative.class, new Constraint.NonNegative());
        put(Constraint.MaxNorm.class, new Constraint.MaxNorm(1, List.of(0)));
        put(Constraint.UnitNorm.class, new Constraint.UnitNorm(List.of(0)));
        put(Constraint.MinMaxNorm.class, new Constraint.MinMaxNorm(0, 1, 1, List.of(0)));
        put(OptionReader.class, new OptionReader("owner", Map.of("name", "x")));
        put(WeightRole.class, WeightRole.TRAINED);
        put(WeightSpec.class,
                new WeightSpec("w", Shape.of(3, 2), WeightLayout.plain(3, 2), Initializer.ZEROS));
        put("java.util.List<? extends dev.gatun.layers.Layer>", List.of(input, Dense.units(2)));
        put("java.util.List<? extends dev.gatun.layers.Node>", List.of(input));
        put("java.util.List<dev.gatun.layers.Node>", List.<Node>of(input));
        put("java.util.List<dev.gatun.layers.model.Input>", List.of(input));
        put("java.util.Map<java.lang.String, dev.gatun.layers.Layer>", Map.of("input", input));
        put("java.util.Map<java.lang.String, java.util.List<dev.gatun.layers.LayerCall>>",
                Map.of("input", List.of(input.call())));
    }

    private void onnx() {
        OnnxValue value = new OnnxValue("x", OnnxType.FLOAT, Shape.of(Shape.UNKNOWN, 3));
        OnnxTensor tensor = OnnxTensor.floats("w", Shape.of(), 1);
        put(OnnxType.class, OnnxType.FLOAT);
        put(OnnxValue.class, value);
        put(OnnxTensor.class, tensor);
        put(OnnxAttribute.class, OnnxAttribute.of(1));
        put(OnnxNode.class, new OnnxNode("n", "Relu", List.of("x"), List.of("y"), Map.of()));
        put(OnnxGraph.class, new OnnxGraph("g", List.of(value), List.of(value), List.of(), List.of()));
        put(OnnxGraphBuilder.class, new OnnxGraphBuilder("g"));
        put("java.util.function.Function<java.lang.String, dev.gatun.layers.onnx.OnnxTensor>",
                (Function<String, OnnxTensor>) name -> tensor);
        OnnxCall call = new OnnxCall("layer", CallArguments.of(List.of(value)), weight -> Tensor.zeros(2),
                new OnnxGraphBuilder("g"));
        put(OnnxCall.class, call);
        put(OnnxLoop.class, new OnnxLoop(call, false, List.of(value), List.of(value)));
        put("dev.gatun.layers.ActivationFunction[]", new ActivationFunction[] {ActivationFunction.TANH});
    }

    private void model(Path folder) throws IOException {
        Input input = Input.sequence(3);
        Model model = Model.of(input, Lstm.units(2).named("lstm").on(input));
        model.save(folder.resolve("model.gatun"));
        Graph graph = model.graph();
        Execution execution = model.network().execution(List.of(Shape.of(2, 4, 3)), ExecutionMode.INFERENCE);
        put(Model.class, model);
        put(Network.class, model.network());
        put(ModelWeights.class, model.network().weights());
        put(Networked.class, model);
        put(RunStates.class, model.network().states());
        put(ModelUsers.class, model.network().users());
        put(SingleUser.class, model.network().users().open("Guest", "model.users().open"));
        put(Graph.class, graph);
        put(Graph.NamedLayer.class, graph.layers().getFirst());
        put(Graph.Step.class, graph.steps().getFirst());
        put(Graph.Ref.class, graph.outputs().getFirst());
        put("java.util.List<dev.gatun.layers.model.Graph$NamedLayer>", graph.layers());
        put("java.util.List<dev.gatun.layers.model.Graph$Step>", graph.steps());
        put("java.util.List<dev.gatun.layers.model.Graph$Ref>", graph.outputs());
        put("java.util.List<java.lang.Integer>", List.of(0));
        put(ModelNodes.class, ModelConfig.nodes(ModelConfig.toMap(graph)));
        put("java.util.Map<java.lang.String, java.lang.Object>", ModelConfig.toMap(graph));
        put("java.util.List<dev.gatun.layers.model.SummaryRow>",
                List.of(new SummaryRow("a", "Dense", List.of(Shape.of(2)), 3, List.of())));
        put(SummaryRow.class, new SummaryRow("a", "Dense", List.of(Shape.of(2)), 3, List.of()));
        put(SummaryTotals.class, new SummaryTotals(1, 0, 0));
        put(Weight.class, model.weight("lstm/kernel"));
        byType.put(Execution.class.getTypeName(), execution);
        put(ModelReader.class, new GatunFormat());
        put(ModelWriter.class, new GatunFormat());

        put(ModelSource.class, ModelSource.of(folder.resolve("model.gatun")));
        put(ExecutionMode.class, ExecutionMode.INFERENCE);
        put(RunContext.class, new RunContext());
        put(Operation.Memory.class, new Operation.Memory(
                MemorySegment.ofArray(new float[16]), new RowsView(MemorySegment.ofArray(new float[16]), 0, 0),
                MemorySegment.ofArray(new float[16]), MemorySegment.ofArray(new float[16]), null));
        put(RowsView.class, new RowsView(MemorySegment.ofArray(new float[16]), 0, 0));
        put(PlanMemory.class, new PlanMemory(ExecutionMode.INFERENCE));
        put(CallPlace.class, new CallPlace(0, List.of(), List.of()));
        put(WeightPlaces.class, WeightPlaces.NONE);
        put(RowSet.class, new RowSet(70));
        put("java.util.Map<dev.gatun.memory.ParameterBlock$Entry, dev.gatun.layers.plan.RowSet>",
                Map.of(model.network().parameters().entries().getFirst(), new RowSet(70)));
        put(WeightRole.class, WeightRole.TRAINED);
        put(ValueType.class, ValueType.FLOAT32);
        put("java.util.function.Predicate<dev.gatun.layers.plan.ExecutionMode>", (Predicate<Object>) mode -> true);
        put("java.util.List<java.lang.Long>", List.of(0L));
        put(Value.class, execution.input(0));
        put("java.util.List<dev.gatun.layers.plan.Value>", List.of(execution.input(0)));
        put("java.util.List<dev.gatun.memory.ParameterBlock$Entry>", model.network().parameters().entries());
        put(PlanContext.class,
                new PlanContext("lstm", new CallPlace(0, List.of(), List.of()), ExecutionMode.INFERENCE,
                        CallArguments.of(List.of()), WeightPlaces.NONE, new PlanMemory(ExecutionMode.INFERENCE),
                        model.network().team()));
        put(CellMemory.Gradients.class, new CellMemory.Gradients(null, List.of(),
                new RowsView(MemorySegment.ofArray(new float[16]), 0, 0)));
        put(CellProduct.class, new CellProduct((PlanContext) byType.get(PlanContext.class.getTypeName()), 0,
                WeightLayout.plain(3, 2)));
        put("java.util.List<dev.gatun.engine.gemm.RowsView>",
                List.of(new RowsView(MemorySegment.ofArray(new float[16]), 0, 0)));
        put(Predictor.class, model.predictor());
        put(ModelStream.class, model.stream());
        put(WarmUp.class, new WarmUp(true, 1, Duration.ZERO, Duration.ZERO, Duration.ZERO));
    }

    private void training() {
        Model model = (Model) byType.get(Model.class.getTypeName());
        Trainer trainer = Trainer.of(model).loss(Loss.MSE);
        Training[] seen = new Training[1];
        trainer.callbacks(new Callback() {
            @Override
            public Callback begin(Training training) {
                seen[0] = training;
                return this;
            }
        }).fit(Tensor.zeros(2, 4, 3), Tensor.zeros(2, 2));
        put(Trainer.class, trainer);
        put(Training.class, seen[0]);
        put(TrainingState.class, model.trainingState().orElseThrow());
        put(Optimizer.class, Adam.rate(1e-3));
        put(ConfiguredOptimizer.class, Adam.rate(1e-3));
        put(Adam.class, Adam.rate(1e-3));
        put(AdamW.class, AdamW.rate(1e-3));
        put(Sgd.class, Sgd.rate(1e-3));
        put(RmsProp.class, RmsProp.rate(1e-3));
        put(Adagrad.class, Adagrad.rate(1e-3));
        Option<Double> decay = Option.of("decay", OptionKind.NUMBER, 0.5);
        OptionValues values = OptionValues.of(List.of(decay));
        put(OptionValues.class, values);
        put(OptimizerConfiguration.class, new OptimizerConfiguration(values, Clipping.NONE));
        put(ConfiguredOptimizerType.class,
                ConfiguredOptimizerType.of("Signum", configuration -> Signum.rate(1), 0.1, decay));
        put("java.util.function.Function<dev.gatun.layers.train.OptimizerConfiguration, O>",
                (Function<OptimizerConfiguration, Signum>) configuration -> Signum.rate(1));
        put(Clipping.class, Clipping.NONE);
        put(Clipping.Kind.class, Clipping.Kind.VALUE);
        Model looped = Sequential.of(Input.shape(3), Dense.units(2));
        open.add(looped);
        TrainingLoop loop = Trainer.of(looped).loss(Loss.MSE).open();
        open.add(loop);
        put(TrainingLoop.class, loop);
        put(Loss.class, Loss.MSE);
        put(ColumnLoss.class, Loss.MSE);
        put(BatchRows.class, BatchRows.of(new float[][] {{1, 2}}));
        put("float[][]", new float[][] {{1, 2}});
        put(ConfigReader.class, new ConfigReader("optimizer", Map.of("learning_rate", 0.1)));
        put("java.util.function.Predicate<dev.gatun.memory.ParameterBlock$Entry>",
                (Predicate<ParameterBlock.Entry>) entry -> true);
        put(Metric.class, Metric.MAE);
        ObjectiveConfig objective = new ObjectiveConfig(Map.of("dense", Loss.MSE), Map.of(), List.of(Metric.MAE));
        put(ObjectiveConfig.class, objective);
        put("java.util.Optional<dev.gatun.layers.train.ObjectiveConfig>", Optional.of(objective));
        put("java.util.Map<java.lang.String, dev.gatun.layers.train.Loss>", Map.of("dense", Loss.MSE));
        put("java.util.List<dev.gatun.layers.train.Metric>", List.of(Metric.MAE));
        put("dev.gatun.layers.train.Metric[]", new Metric[] {Metric.MAE});
        put("dev.gatun.layers.train.Callback[]", new Callback[] {EarlyStopping.patience(1)});
        put(Callback.class, EarlyStopping.patience(1));
        put(EarlyStopping.class, EarlyStopping.patience(1));
        put(EarlyStopping.Mode.class, EarlyStopping.Mode.AUTO);
        put(Samples.class, Samples.of(Tensor.zeros(2, 4, 3), Tensor.zeros(2, 2)));
        put(History.class, new History(1, List.of(Map.of("loss", 1.0)), ""));
        put(OptimizerState.class,
                OptimizerState.start(Adam.rate(1e-3), model.network().parameters(), model.network().arena()));
    }

    private void formats(Path folder) throws IOException {
        put(IOException.class, new IOException("broken"));
        SafetensorsFile file = Safetensors.read(folder.resolve("model.gatun"));
        put(SafetensorsFile.class, file);
        Npz.write(folder.resolve("x.npz"), Map.of("x", Tensor.zeros(2)));
        Npz archive = Npz.open(folder.resolve("x.npz"));
        put(Npz.class, archive);
        put(SafetensorsWriter.class, new SafetensorsWriter());
        put(TensorInfo.class, file.tensors().getFirst());
        put(HeaderCheck.class, (HeaderCheck) (metadata, tensors) -> {});
        put(TensorSource.class, (TensorSource) () -> Tensor.zeros(2, 3));
        put(AtomicFile.Body.class, (AtomicFile.Body) (WritableByteChannel out) -> {});
        put(AtomicFile.StreamBody.class, (AtomicFile.StreamBody) out -> {});
        put(ModelImporter.class, new KerasFormat());
        put(ImportReport.class, new ImportReport("x", List.of(), List.of()));
        put(ImportReport.Mapped.class, new ImportReport.Mapped("a", "b", List.of()));
        put("java.util.List<dev.gatun.formats.ImportReport$Mapped>",
                List.of(new ImportReport.Mapped("a", "b", List.of())));
        byType.put(Imported.class.getTypeName(), new Imported((Model) byType.get(Model.class.getTypeName()),
                new ImportReport("x", List.of(), List.of())));
        put(FormatException.class, new FormatException("file", "message"));
        LoadedWeights.Loaded loaded = new LoadedWeights.Loaded("lstm/kernel", "kernel", Shape.of(3, 8));
        put(LoadedWeights.Loaded.class, loaded);
        put("java.util.List<dev.gatun.formats.weights.LoadedWeights$Loaded>", List.of(loaded));
        put(LoadedWeights.class, new LoadedWeights("x", List.of(loaded), List.of(), List.of()));
        put("boolean[]", new boolean[] {true});
        put(ReadWeights.class, new ReadWeights("x", Map.of("lstm/kernel", Tensor.zeros(3, 8))));
        put(WeightReader.class, new LegacyWeightReader());
        put(LegacyWeightReader.class, new LegacyWeightReader());
        put(KerasWeightReader.class, new KerasWeightReader());
        put(TorchWeightReader.class, new TorchWeightReader());
        put(NamedWeights.class, NamedWeights.of(folder.resolve("model.gatun")));
        OnnxArray array = OnnxArray.floats(new float[] {1}, 1);
        put(OnnxArray.class, array);
        put("java.util.Map<java.lang.String, dev.gatun.formats.onnx.OnnxArray>", Map.of("x", array));
        put(NumberType.class, NumberType.FLOAT32);
        put("java.util.Optional<dev.gatun.formats.tensors.NumberType>", Optional.of(NumberType.FLOAT32));
        put("java.util.Optional<dev.gatun.memory.Shape>", Optional.of(Shape.of(1)));
        put(OnnxPort.class, new OnnxPort("x", Optional.empty(), Optional.empty(), false));
        put(OnnxRunner.class, OnnxRunner.open(onnx(folder)));
        put(GatunFormat.class, new GatunFormat());
        put(KerasFormat.class, new KerasFormat());
        put(TorchFormat.class, new TorchFormat());
        put(TorchArchitecture.class, TorchArchitecture.inferred());
        put(RtNeuralFormat.class, new RtNeuralFormat());
        put(NamFormat.class, new NamFormat());
        put(IcuFormat.class, new IcuFormat());
        Model model = (Model) byType.get(Model.class.getTypeName());
        model.metadata().put(IcuDictionary.KEY, "{\"a\": 0}");
        put(IcuDictionary.class, IcuDictionary.of(model));
        put(OnnxFormat.class, new OnnxFormat());
        put(OnnxAxes.class, new OnnxAxes(List.of(), List.of()));
        put("java.util.List<dev.gatun.formats.onnx.OnnxPlace>", List.of(new OnnxPlace("x", List.of(0), false)));
        put(Arena.class, Arena.ofShared());
        put(MappedFile.class, MappedFile.open(folder.resolve("model.gatun")));
        put(InputStream.class, new ByteArrayInputStream(new byte[0]));
    }

    /** A graph that hands on its input. */
    private static Path onnx(Path folder) throws IOException {
        ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17));
        model.getGraphBuilder().addInput(ValueInfoProto.newBuilder().setName("x"))
                .addOutput(ValueInfoProto.newBuilder().setName("x"));
        return Files.write(folder.resolve("graph.onnx"), model.build().toByteArray());
    }

    /** @return null if there is none: then the table wants another line */
    Object of(Type type, Class<?> raw) {
        if (raw.isPrimitive()) {
            return raw == boolean.class
                    ? (Object) false
                    : raw == int.class
                            ? (Object) 1
                            : raw == long.class
                                    ? (Object) 1L
                                    : raw == float.class
                                            ? (Object) 0.5f
                                            : raw == double.class
                                                    ? (Object) 0.5
                                                    : raw == char.class ? (Object) 'c' : (Object) (byte) 1;
        }
        Object exact = byType.get(type.getTypeName());
        return exact != null ? exact : byType.get(raw.getTypeName());
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }
}
