using System.Security.Cryptography;
using System.Text;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Benchmarks;

/// <summary>Rows of the record table as the bytes of a binary COPY, as the node writes them: who has them does nothing but send them.</summary>
internal static class CopyRows
{
    public const string Columns = "id, class, epoch_ns, publication, index, salt, label, regime, sensor, object_tag, payload, original_leaf, degraded_index, tag_removed";

    private const short ColumnCount = 14;

    /// <param name="records">A whole number of publications, of 1,000 records each.</param>
    /// <param name="publication">Key of the first publication.</param>
    public static byte[] Write(IReadOnlyList<SealedRecord> records, long publication)
    {
        using var rows = new MemoryStream(records.Count * 300);
        rows.Write("PGCOPY\n"u8);
        rows.Write([0xFF, (byte)'\r', (byte)'\n', 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        for (int i = 0; i < records.Count; i++) Write(rows, records[i], publication + i / PublicationDocument.SizeMax, (short)(i % PublicationDocument.SizeMax));
        WriteNumber<short>(rows, -1);
        return rows.ToArray();
    }

    private static void Write(MemoryStream rows, SealedRecord record, long publication, short index)
    {
        WriteNumber(rows, ColumnCount);
        WriteField(rows, record.Id.ToArray());
        WriteField(rows, (short)record.Facts.Class);
        WriteField(rows, record.Facts.Epoch.NanosecondsSinceJ2000);
        WriteField(rows, publication);
        WriteField(rows, index);
        WriteField(rows, RandomNumberGenerator.GetBytes(PublicationLeaf.SaltSize));
        WriteField(rows, 1);
        WriteField(rows, (short)record.Facts.Regime);
        WriteField(rows, Encoding.UTF8.GetBytes(record.Facts.Sensor!.Value.Value));
        WriteField(rows, Encoding.UTF8.GetBytes(record.Facts.ObjectTag!));
        WriteField(rows, record.Payload.Span);
        WriteNumber(rows, -1);
        WriteNumber(rows, -1);
        WriteField(rows, [0]);
    }

    private static void WriteField<T>(MemoryStream rows, T number) where T : struct, System.Numerics.IBinaryInteger<T>
    {
        WriteNumber(rows, System.Runtime.CompilerServices.Unsafe.SizeOf<T>());
        WriteNumber(rows, number);
    }

    private static void WriteField(MemoryStream rows, ReadOnlySpan<byte> bytes)
    {
        WriteNumber(rows, bytes.Length);
        rows.Write(bytes);
    }

    private static void WriteNumber<T>(MemoryStream rows, T number) where T : struct, System.Numerics.IBinaryInteger<T>
    {
        Span<byte> bytes = stackalloc byte[8];
        rows.Write(bytes[..number.WriteBigEndian(bytes)]);
    }
}
