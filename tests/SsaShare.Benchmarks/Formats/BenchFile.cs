using System.Globalization;
using System.Text;
using SsaShare.Domain;
using SsaShare.Formats;

namespace SsaShare.Benchmarks;

/// <summary>A file of a format, of invented but plausible content, the same in every run.</summary>
/// <param name="Format">By its name in the catalog.</param>
/// <param name="Pieces">Its text piece by piece, without end.</param>
/// <param name="Tail">What stands at the end.</param>
internal sealed record BenchFile(string Format, Func<IEnumerable<string>> Pieces, string Tail)
{
    /// <summary>An XML or JSON file is converted from a file in KVN or TLE.</summary>
    private string? From { get; init; }

    /// <summary>How much of the other file makes as much of this one.</summary>
    private double Share { get; init; } = 1;

    public static IReadOnlyList<BenchFile> All { get; } =
    [
        new("tdm-kvn", BenchMessages.Tdm, "DATA_STOP\n"),
        new("oem-kvn", BenchMessages.Oem, ""),
        new("omm-kvn", BenchMessages.Omm, ""),
        new("cdm-kvn", BenchMessages.Cdm, ""),
        new("tle", BenchElements.Tle, ""),
        new("omm-csv", () => [], "") { From = "tle", Share = 0.9 },
        new("omm-json", () => [], "") { From = "tle", Share = 0.33 },
        new("ndm-xml", () => [], "") { From = "omm-kvn", Share = 0.6 },
    ];

    /// <summary>About so many bytes; the caller deletes the file.</summary>
    public string Write(DirectoryInfo folder, long bytes)
    {
        string path = Path.Combine(folder.FullName, $"{Format}.txt");
        if (From is null)
        {
            using var writer = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 20);
            long written = 0;
            foreach (string piece in Pieces())
            {
                writer.Write(piece);
                if ((written += piece.Length) >= bytes) break;
            }
            writer.Write(Tail);
            return path;
        }
        string source = All.First(file => file.Format == From).Write(folder, (long)(bytes * Share));
        using (var output = new BufferedStream(File.Create(path), 1 << 20))
        using (var input = new FileStream(source, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 17))
        using (var from = FormatSource.Open(input))
        {
            var now = Utc.FromDateTime(TimeProvider.System.GetUtcNow());
            var conversion = new Conversion(FormatCatalog.Default, FormatCatalog.Default.Find(Format)!, output, new FormatWriteOptions { FileName = path, Now = now });
            var options = new FormatReadOptions { FileName = source, Now = now };
            if (!conversion.Add(new FileWork(from, FormatCatalog.Default.Find(From)!, options, issue => Console.Error.WriteLine(issue)))) throw new InvalidDataException($"{From} was not converted.");
            conversion.Complete();
        }
        File.Delete(source);
        return path;
    }
}
