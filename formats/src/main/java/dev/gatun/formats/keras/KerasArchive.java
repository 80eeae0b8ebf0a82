package dev.gatun.formats.keras;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.source.LocalCopy;
import dev.gatun.layers.model.ModelSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The zip file that Keras 3 writes; entries are read into memory, whole, checked, and no larger than they may be.
 *
 * @param local the zip file, or a copy of it
 */
record KerasArchive(String file, ZipFile zip, LocalCopy local) implements KerasEntries {

    /** Keras stores its entries as they are; whoever packs them again gains some ten times on repetitive JSON. */
    private static final long MOST_RATIO = 200;

    /** Below that a ratio says little, and harms nobody. */
    private static final long SMALL_BYTES = 1 << 20;

    /** @throws FormatException if there is no such file or it is not a zip file */
    static KerasArchive open(ModelSource source) throws FormatException {
        return open(source.name(), LocalCopy.of(source, ".keras")); // The table of a zip file stands at its end.
    }

    private static KerasArchive open(String name, LocalCopy file) throws FormatException {
        try {
            KerasArchive archive = new KerasArchive(name, new ZipFile(file.path().toFile()), file);
            archive.requireDistinctEntries();
            return archive;
        } catch (FormatException twice) {
            throw twice;
        } catch (IOException | IllegalArgumentException damaged) {
            file.close();
            throw new FormatException(name, "is not a whole .keras file, which is a zip archive: "
                    + FormatException.reason(damaged) + "; copy or download it again").because(damaged);
        }
    }

    /** Of two entries with one name, readers take the one or the other. */
    private void requireDistinctEntries() throws FormatException {
        Set<String> names = new HashSet<>();
        for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements();) {
            String name = entries.nextElement().getName();
            if (!names.add(name)) {
                close();
                throw new FormatException(file, "has two entries " + FormatException.quote(name)
                        + ", expected one; save the model again");
            }
        }
    }

    @Override
    public boolean has(String entry) {
        return zip.getEntry(entry) != null;
    }

    /** @throws FormatException if there is no such entry, it is too large, or its checksum is wrong */
    @Override
    public byte[] bytes(String entry, long mostBytes) throws FormatException {
        ZipEntry found = zip.getEntry(entry);
        if (found == null) {
            throw missing(entry);
        }
        long most = Math.min(mostBytes, MOST_BYTES);
        if (found.getSize() > most) {
            throw tooLarge(entry, found.getSize(), most);
        }
        requireHonest(found);
        byte[] bytes;
        try (InputStream in = zip.getInputStream(found)) {
            bytes = in.readNBytes((int) most + 1);
        } catch (IOException | IllegalArgumentException damaged) {
            throw new FormatException(file, "its " + entry + " cannot be unpacked (" + FormatException.reason(damaged)
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

    /** A few bytes that unpack to many were not packed by Keras. */
    private void requireHonest(ZipEntry entry) throws FormatException {
        long packed = entry.getCompressedSize();
        if (entry.getSize() > SMALL_BYTES && entry.getSize() / MOST_RATIO > packed) {
            throw new FormatException(file, "its " + entry.getName() + " unpacks from " + packed + " bytes to "
                    + entry.getSize() + ", expected at most " + MOST_RATIO + " times as many; save the model again");
        }
    }

    @Override
    public void close() throws FormatException {
        try {
            zip.close();
        } catch (IOException failed) {
            throw new FormatException(file, "cannot be closed: " + FormatException.reason(failed)).because(failed);
        } finally {
            local.close();
        }
    }
}
