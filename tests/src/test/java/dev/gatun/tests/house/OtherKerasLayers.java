package dev.gatun.tests.house;

import dev.gatun.layers.type.BuiltInTypes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The classes of {@code keras.layers} of Keras 3.15 that Gatun does not have, and why. */
final class OtherKerasLayers {

    private static final Map<String, List<String>> BY_REASON = new LinkedHashMap<>();

    static {
        BY_REASON.put("of images and volumes, which have more axes than a sequence", names("""
                AdaptiveAveragePooling2D AdaptiveAveragePooling3D AdaptiveMaxPooling2D AdaptiveMaxPooling3D
                AveragePooling2D AveragePooling3D Conv2D Conv2DTranspose Conv3D Conv3DTranspose ConvLSTM2D ConvLSTM3D
                Cropping2D Cropping3D DepthwiseConv2D GlobalAveragePooling2D GlobalAveragePooling3D GlobalMaxPooling2D
                GlobalMaxPooling3D MaxPooling2D MaxPooling3D SeparableConv2D SpatialDropout2D SpatialDropout3D
                UpSampling2D UpSampling3D ZeroPadding2D ZeroPadding3D"""));
        BY_REASON.put("that change pictures before a training", names("""
                AugMix AutoContrast CenterCrop ContrastLimitedAdaptiveHistogramEqualization CutMix Equalization
                MaxNumBoundingBoxes MixUp Pipeline RandAugment RandomBrightness RandomColorDegeneration RandomColorJitter
                RandomContrast RandomCrop RandomElasticTransform RandomErasing RandomFlip RandomGaussianBlur RandomGrayscale
                RandomHue RandomInvert RandomPerspective RandomPosterization RandomRotation RandomSaturation RandomSharpness
                RandomShear RandomTranslation RandomZoom Resizing Solarization"""));
        BY_REASON.put("of strings, which tensors do not hold",
                names("HashedCrossing Hashing StringLookup TextVectorization"));
        BY_REASON.put("that hold code of Python, which is not run",
                names("FlaxLayer JaxLayer Lambda TFSMLayer TorchModuleWrapper"));
        BY_REASON.put("whose states are sequences, which a cell's are not", names("ConvLSTM1D"));
        BY_REASON.put(
                "that no model with recurrent layers has been seen to have; [a layer of your own](own-layer.md) takes their "
                        + "place",
                names("Discretization EinsumDense MelSpectrogram ReversibleEmbedding STFTSpectrogram SpectralNormalization"));
        BY_REASON.put("that others are made from, and are none themselves", names("InputSpec Layer Wrapper"));
    }

    private OtherKerasLayers() {}

    private static List<String> names(String words) {
        return List.of(words.strip().split("\\s+"));
    }

    static String page() {
        StringBuilder page = new StringBuilder(
                "\n## What of Keras's list is not here\n\nOf the classes of `keras.layers` in "
                        + "Keras 3.15 those\n\n");
        BY_REASON.forEach((reason, names) -> page.append("- ").append(reason).append(": `")
                .append(String.join("`, `", names)).append("`;\n"));
        page.replace(page.length() - 2, page.length(), ".\n");
        return page.toString();
    }

    /** Names that stand in the list though there are such layers. */
    static List<String> thatAreThere() {
        return BY_REASON.values().stream().flatMap(List::stream).filter(BuiltInTypes.ALL::isGiven).toList();
    }
}
