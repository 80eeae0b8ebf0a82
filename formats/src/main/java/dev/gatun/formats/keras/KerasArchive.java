package dev.gatun.formats.keras;

import dev.gatun.formats.FormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The zip file that Keras 3 writes; entries are read into memory, whole, checked, and no larger than they may be. */
final class KerasArchive implements AutoCloseable {

    private final Path file;
    private final ZipFile zip;

    private KerasArchive(Path file, ZipFile zip) {
        this.file = file;
        this.zip = zip;
    }

    /** @throws FormatException if there is no such file or it is not a zip file */
    static KerasArchive open(Path file) throws FormatException {
        if (!Files.isRegularFile(file)) {
            throw new FormatException(file, Files.exists(file)
                    ? "this is not a plain file; give the path of a .keras file"
                    : "there is no such file; check the path");
        }
        try {
            return new KerasArchive(file, new ZipFile(file.toFile()));
        } catch (IOException | IllegalArgumentException damaged) {
            throw new FormatException(file, "is not a whole .keras file, which is a zip archive: "
                    + damaged.getMessage() + "; copy or download it again").because(damaged);
        }
    }

    boolean holds(String entry) {
        return zip.getEntry(entry) != null;
    }

    String text(String entry, long mostBytes) throws FormatException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(entry, mostBytes))).toString();
        } catch (CharacterCodingException malformed) {
            throw new FormatException(file, "its " + entry + " is not UTF-8 text; save the model again")
                    .because(malformed);
        }
    }

    /** @throws FormatException if there is no such entry, it is too large, or its checksum is wrong */
    byte[] bytes(String entry, long mostBytes) throws FormatException {
        ZipEntry found = zip.getEntry(entry);
        if (found == null) {
            throw new FormatException(file, "has no " + entry + ", so it is not a model saved by Keras 3; save it with"
                    + " model.save(\"name.keras\")");
        }
        long most = Math.min(mostBytes, Integer.MAX_VALUE - 16);
        if (found.getSize() > most) {
            throw tooLarge(entry, found.getSize(), most);
        }
        byte[] bytes;
        try (InputStream in = zip.getInputStream(found)) {
            bytes = in.readNBytes((int) most + 1);
        } catch (IOException | IllegalArgumentException damaged) {
            throw new FormatException(file, "its " + entry + " cannot be unpacked (" + damaged.getMessage()
                    + "); copy or download it again").because(damaged);
        }
        if (bytes.length > most) {
            throw tooLarge(entry, bytes.length, most);
        }
        CRC32 sum = new CRC32();
        sum.update(bytes);
        if (found.getCrc() != -1 && found.getCrc() != sum.getValue()) {
            throw new FormatException(file, "its " + entry + " is damaged: the checksum is "
                    + Long.toHexString(sum.getValue()) + ", expected " + Long.toHexString(found.getCrc())
                    + "; copy or download it again");
        }
        return bytes;
    }

    private FormatException tooLarge(String entry, long bytes, long most) {
        return new FormatException(file, "its " + entry + " has " + bytes + " bytes or more, expected at most " + most
                + " for such a model; save it again without its optimizer");
    }

    @Override
    public void close() throws FormatException {
        try {
            zip.close();
        } catch (IOException failed) {
            throw new FormatException(file, "cannot be closed: " + failed.getMessage()).because(failed);
        }
    }
}
