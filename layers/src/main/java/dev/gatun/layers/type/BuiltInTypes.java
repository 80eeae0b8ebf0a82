package dev.gatun.layers.type;

import dev.gatun.layers.LayerType;
import dev.gatun.layers.LayerTypes;
import dev.gatun.layers.type.activation.ActivationType;
import dev.gatun.layers.type.activation.FunctionType;
import dev.gatun.layers.type.activityregularization.ActivityRegularizationType;
import dev.gatun.layers.type.batchnormalization.BatchNormalizationType;
import dev.gatun.layers.type.attention.AdditiveAttentionType;
import dev.gatun.layers.type.attention.AttentionType;
import dev.gatun.layers.type.attention.GroupQueryAttentionType;
import dev.gatun.layers.type.attention.MultiHeadAttentionType;
import dev.gatun.layers.type.bidirectional.BidirectionalType;
import dev.gatun.layers.type.category.CategoryEncodingType;
import dev.gatun.layers.type.category.IntegerLookupType;
import dev.gatun.layers.type.constantstate.ConstantStateType;
import dev.gatun.layers.type.convolution.Conv1DTransposeType;
import dev.gatun.layers.type.convolution.Conv1DType;
import dev.gatun.layers.type.dense.DenseType;
import dev.gatun.layers.type.depthwise.DepthwiseConv1DType;
import dev.gatun.layers.type.depthwise.SeparableConv1DType;
import dev.gatun.layers.type.concatenate.ConcatenateType;
import dev.gatun.layers.type.dot.DotType;
import dev.gatun.layers.type.dropout.DropoutType;
import dev.gatun.layers.type.elementwise.ElementwiseType;
import dev.gatun.layers.type.flatten.FlattenType;
import dev.gatun.layers.type.gru.GruType;
import dev.gatun.layers.type.identity.IdentityType;
import dev.gatun.layers.type.input.InputType;
import dev.gatun.layers.type.embedding.EmbeddingType;
import dev.gatun.layers.type.lstm.LstmType;
import dev.gatun.layers.nested.Nested;
import dev.gatun.layers.type.nested.NestedType;
import dev.gatun.layers.type.masking.MaskingType;
import dev.gatun.layers.type.noise.AlphaDropoutType;
import dev.gatun.layers.type.noise.GaussianDropoutType;
import dev.gatun.layers.type.noise.GaussianNoiseType;
import dev.gatun.layers.type.noise.SpatialDropout1DType;
import dev.gatun.layers.type.norms.GroupNormalizationType;
import dev.gatun.layers.type.norms.LayerNormalizationType;
import dev.gatun.layers.type.norms.RmsNormalizationType;
import dev.gatun.layers.type.norms.UnitNormalizationType;
import dev.gatun.layers.type.permute.PermuteType;
import dev.gatun.layers.type.prelu.PReluType;
import dev.gatun.layers.type.pooling.AdaptiveAveragePooling1DType;
import dev.gatun.layers.type.pooling.AdaptiveMaxPooling1DType;
import dev.gatun.layers.type.pooling.AveragePooling1DType;
import dev.gatun.layers.type.pooling.GlobalAveragePooling1DType;
import dev.gatun.layers.type.pooling.GlobalMaxPooling1DType;
import dev.gatun.layers.type.pooling.MaxPooling1DType;
import dev.gatun.layers.type.merge.MergeTypes;
import dev.gatun.layers.type.reduction.ReductionType;
import dev.gatun.layers.type.repeatvector.RepeatVectorType;
import dev.gatun.layers.type.reshape.ReshapeType;
import dev.gatun.layers.type.normalization.NormalizationType;
import dev.gatun.layers.type.rescaling.RescalingType;
import dev.gatun.layers.type.rnn.FusedCells;
import dev.gatun.layers.type.rnn.RnnType;
import dev.gatun.layers.type.rnn.StackedRnnCellsType;
import dev.gatun.layers.type.simplernn.SimpleRnnType;
import dev.gatun.layers.type.steps.Cropping1DType;
import dev.gatun.layers.type.steps.UpSampling1DType;
import dev.gatun.layers.type.steps.ZeroPadding1DType;
import dev.gatun.layers.type.softmax.SoftmaxType;
import dev.gatun.layers.type.slicing.SlicingType;
import dev.gatun.layers.type.stepmask.StepMaskType;
import dev.gatun.layers.type.timedistributed.TimeDistributedType;
import java.util.List;

/** The one list of Gatun's own layers, in the order of messages and docs. */
public final class BuiltInTypes {

    private static final List<String> KINDS = List.of("InputLayer", "LSTM", "GRU", "SimpleRNN", "RNN",
            "LSTMCell", "GRUCell", "SimpleRNNCell", "StackedRNNCells", "Dense", "Activation",
            "LeakyReLU", "PReLU", "ELU", "ReLU", "BatchNormalization", "LayerNormalization", "RMSNormalization",
            "GroupNormalization", "UnitNormalization", "SpatialDropout1D", "GaussianNoise", "GaussianDropout",
            "AlphaDropout", "ActivityRegularization",
            "Conv1D", "Conv1DTranspose", "SeparableConv1D", "DepthwiseConv1D", "MaxPooling1D", "AveragePooling1D",
            "GlobalMaxPooling1D", "GlobalAveragePooling1D", "AdaptiveMaxPooling1D",
            "AdaptiveAveragePooling1D", "UpSampling1D", "ZeroPadding1D", "Cropping1D",
            "Softmax", "Attention", "AdditiveAttention", "MultiHeadAttention", "GroupQueryAttention",
            "Dropout", "TimeDistributed", "Bidirectional", "Add", "Subtract", "Multiply", "Average", "Maximum",
            "Minimum",
            "Concatenate", "Dot", "Flatten", "Reshape", "RepeatVector", "Identity", "Elementwise", "Reduction",
            "Slicing", "StepMask", "Permute", "Masking", "Embedding",
            "Normalization", "Rescaling", "CategoryEncoding", "IntegerLookup",
            "ConstantState", "Functional", "Sequential");

    /** These, and a user's own where they are asked for. */
    public static final LayerTypes ALL = new LayerTypes(new Known());

    private BuiltInTypes() {}

    private static final class Known implements LayerTypes.Source {

        @Override
        public List<String> kinds() {
            return KINDS;
        }

        @Override
        public LayerType<?> type(String kind) {
            // An Object: to see that each is a LayerType the JVM would load them all.
            Object type;
            switch (kind) {
                case "InputLayer" -> type = new InputType();
                case "LSTM" -> type = new LstmType();
                case "GRU" -> type = new GruType();
                case "SimpleRNN" -> type = new SimpleRnnType();
                case "RNN" -> type = new RnnType();
                case "LSTMCell" -> type = FusedCells.lstm();
                case "GRUCell" -> type = FusedCells.gru();
                case "SimpleRNNCell" -> type = FusedCells.simpleRnn();
                case "StackedRNNCells" -> type = new StackedRnnCellsType();
                case "Dense" -> type = new DenseType();
                case "Activation" -> type = new ActivationType();
                case "LeakyReLU" -> type = FunctionType.leakyRelu();
                case "PReLU" -> type = new PReluType();
                case "ELU" -> type = FunctionType.elu();
                case "ReLU" -> type = FunctionType.relu();
                case "BatchNormalization" -> type = new BatchNormalizationType();
                case "LayerNormalization" -> type = new LayerNormalizationType();
                case "RMSNormalization" -> type = new RmsNormalizationType();
                case "GroupNormalization" -> type = new GroupNormalizationType();
                case "UnitNormalization" -> type = new UnitNormalizationType();
                case "SpatialDropout1D" -> type = new SpatialDropout1DType();
                case "GaussianNoise" -> type = new GaussianNoiseType();
                case "GaussianDropout" -> type = new GaussianDropoutType();
                case "AlphaDropout" -> type = new AlphaDropoutType();
                case "ActivityRegularization" -> type = new ActivityRegularizationType();
                case "Conv1D" -> type = new Conv1DType();
                case "Conv1DTranspose" -> type = new Conv1DTransposeType();
                case "SeparableConv1D" -> type = new SeparableConv1DType();
                case "DepthwiseConv1D" -> type = new DepthwiseConv1DType();
                case "MaxPooling1D" -> type = new MaxPooling1DType();
                case "AveragePooling1D" -> type = new AveragePooling1DType();
                case "GlobalMaxPooling1D" -> type = new GlobalMaxPooling1DType();
                case "GlobalAveragePooling1D" -> type = new GlobalAveragePooling1DType();
                case "AdaptiveMaxPooling1D" -> type = new AdaptiveMaxPooling1DType();
                case "AdaptiveAveragePooling1D" -> type = new AdaptiveAveragePooling1DType();
                case "UpSampling1D" -> type = new UpSampling1DType();
                case "ZeroPadding1D" -> type = new ZeroPadding1DType();
                case "Cropping1D" -> type = new Cropping1DType();
                case "Softmax" -> type = new SoftmaxType();
                case "Attention" -> type = new AttentionType();
                case "AdditiveAttention" -> type = new AdditiveAttentionType();
                case "MultiHeadAttention" -> type = new MultiHeadAttentionType();
                case "GroupQueryAttention" -> type = new GroupQueryAttentionType();
                case "Dropout" -> type = new DropoutType();
                case "TimeDistributed" -> type = new TimeDistributedType();
                case "Bidirectional" -> type = new BidirectionalType();
                case "Add" -> type = MergeTypes.add();
                case "Subtract" -> type = MergeTypes.subtract();
                case "Multiply" -> type = MergeTypes.multiply();
                case "Average" -> type = MergeTypes.average();
                case "Maximum" -> type = MergeTypes.maximum();
                case "Minimum" -> type = MergeTypes.minimum();
                case "Concatenate" -> type = new ConcatenateType();
                case "Dot" -> type = new DotType();
                case "Flatten" -> type = new FlattenType();
                case "Reshape" -> type = new ReshapeType();
                case "RepeatVector" -> type = new RepeatVectorType();
                case "Identity" -> type = new IdentityType();
                case "Elementwise" -> type = new ElementwiseType();
                case "Reduction" -> type = new ReductionType();
                case "Slicing" -> type = new SlicingType();
                case "StepMask" -> type = new StepMaskType();
                case "Permute" -> type = new PermuteType();
                case "Masking" -> type = new MaskingType();
                case "Embedding" -> type = new EmbeddingType();
                case "Normalization" -> type = new NormalizationType();
                case "Rescaling" -> type = new RescalingType();
                case "CategoryEncoding" -> type = new CategoryEncodingType();
                case "IntegerLookup" -> type = new IntegerLookupType();
                case "ConstantState" -> type = new ConstantStateType();
                case "Functional" -> type = new NestedType(Nested.FUNCTIONAL);
                case "Sequential" -> type = new NestedType(Nested.SEQUENTIAL);
                default -> throw new IllegalArgumentException("No built-in layer of class " + kind);
            }
            return (LayerType<?>) type;
        }
    }
}
