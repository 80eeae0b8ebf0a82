package dev.gatun.formats;

import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.ModelReader;
import dev.gatun.layers.model.ModelSource;
import dev.gatun.memory.check.Arguments;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A reader of models that others wrote, which says what of the file became what. */
public interface ModelImporter extends ModelReader {

    /**
     * Reads a model.
     *
     * @param source that this reader recognises
     * @return to be closed, with a report
     * @throws FormatException for any file that is not sound, or needs what Gatun does not have: names it
     * @throws IOException     if the file cannot be read
     */
    Imported read(ModelSource source) throws IOException;

    /**
     * As {@link #read(ModelSource)}, and what the file holds of a training goes into the model, so that
     * {@link dev.gatun.layers.train.Trainer#resume} goes on from there. It takes time and memory for the optimizer's moments, which
     * a model that only predicts has no use for. What does not fit is left out, and the report says why.
     *
     * @param source that this reader recognises
     * @return as {@link #read(ModelSource)}; so it is if this kind of file holds no training
     * @throws FormatException as {@link #read(ModelSource)}
     * @throws IOException     if the file cannot be read
     */
    default Imported readWithTraining(ModelSource source) throws IOException {
        return read(source);
    }

    /**
     * Reads a file of this kind.
     *
     * @param path of a file of any file system
     * @return to be closed, with a report
     * @throws FormatException for any file that cannot be read, is not sound, or needs what Gatun does not have: names it
     */
    default Imported read(Path path) throws FormatException {
        Arguments.required(path, "ModelImporter.read", "path", "the path of a model file");
        try (ModelSource source = ModelSource.of(path)) {
            return read(source);
        } catch (IOException failed) {
            throw FormatException.unreadable(path, failed);
        }
    }

    @Override
    default Model load(ModelSource source) throws IOException {
        Arguments.required(source, "ModelImporter.load", "source", "what ModelSource.of gives");
        return read(source).model();
    }

    /** What is known of files that no reader takes. */
    @Override
    default Optional<String> explains(ModelSource source) {
        Arguments.required(source, "ModelImporter.explains", "source", "what ModelSource.of gives");
        return ForeignFile.explained(source);
    }
}
