namespace SsaShare.Formats;

/// <summary>
/// What becomes of a file: read, written again in each format of its family, read back and compared. Unlike reading and converting it holds all that the file says in memory.
/// </summary>
/// <param name="Format">Null when it could not be told.</param>
/// <param name="Records">Read.</param>
/// <param name="Refused">Complaints by which something was refused.</param>
/// <param name="First">The first of them, or else the first notice; null when there is nothing to say.</param>
/// <param name="Written">By format: what came of it. Empty when nothing was read.</param>
public sealed record FormatTrial(FileFormat? Format, long Records, long Refused, ReadIssue? First, IReadOnlyList<FormatTrial.Copy> Written)
{
    /// <param name="IsEqual">It was written and read back as the same values.</param>
    /// <param name="Objection">Why not; null when it was.</param>
    public sealed record Copy(FileFormat Format, bool IsEqual, string? Objection);

    /// <exception cref="IOException">The stream fails.</exception>
    public static FormatTrial Of(FormatCatalog catalog, Stream stream, FormatReadOptions options)
    {
        using var source = FormatSource.Open(stream);
        var format = catalog.Recognise(source, options.FileName, out var unknown);
        return format is null ? new FormatTrial(null, 0, 1, unknown, []) : format.Accept(new Trial(catalog, source, options));
    }

    private sealed class Trial(FormatCatalog catalog, FormatSource source, FormatReadOptions options) : IFormatVisitor<FormatTrial>
    {
        public FormatTrial Visit<T>(FileFormat<T> format) where T : class
        {
            var (values, issues) = Read(source, format);
            long refused = issues.Count(issue => issue.Severity == IssueSeverity.Refused);
            var first = issues.Find(issue => issue.Severity == IssueSeverity.Refused) ?? issues.FirstOrDefault();
            IReadOnlyList<Copy> copies = values.Count == 0 ? [] : [.. catalog.Formats.OfType<FileFormat<T>>().Where(to => to.CanWrite && FormatCatalog.AreAlike(format, to)).Select(to => Try(to, values))];
            return new FormatTrial(format, values.LongCount(format.IsRecord), refused, first, copies);
        }

        private Copy Try<T>(FileFormat<T> to, List<T> values) where T : class
        {
            using var file = new MemoryStream();
            var writer = to.Create!(file, new FormatWriteOptions { FileName = options.FileName, Now = options.Now });
            var objections = values.Select(writer.Write).OfType<ReadIssue>().ToList();
            writer.Complete();
            if (objections.Count > 0) return new Copy(to, false, $"{objections[0].Field}: {objections[0].Reason}");
            if (!to.CanRead) return new Copy(to, false, "is not read");
            file.Position = 0;
            using var again = FormatSource.Open(file);
            var (back, issues) = Read(again, to);
            if (issues.Find(issue => issue.Severity == IssueSeverity.Refused) is { } refusal) return new Copy(to, false, $"line {refusal.Line}: {refusal.Field}: {refusal.Reason}");
            List<object> said = [.. to.Facts(values)], heard = [.. to.Facts(back)];
            int same = said.Zip(heard).TakeWhile(pair => pair.First.Equals(pair.Second)).Count();
            return same == said.Count && same == heard.Count ? new Copy(to, true, null) : new Copy(to, false, $"differs: {(same < said.Count ? said[same] : heard[same])}");
        }

        private (List<T> Values, List<ReadIssue> Issues) Read<T>(FormatSource from, FileFormat<T> format) where T : class
        {
            var values = new List<T>();
            var issues = new List<ReadIssue>();
            new FileWork(from, format, options, issues.Add).Run(format, new FileCounts(), (value, _) =>
            {
                values.Add(value);
                return null;
            }, CancellationToken.None);
            return (values, issues);
        }
    }
}
