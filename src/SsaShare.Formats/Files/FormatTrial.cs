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
    /// <param name="IsEqual">All of it was written and read back as the same values.</param>
    /// <param name="Held">Records that the format could hold, some perhaps in part.</param>
    /// <param name="Objection">What it could not hold, or what differs; null when all is equal.</param>
    public sealed record Copy(FileFormat Format, bool IsEqual, long Held, string? Objection);

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
            long records = values.LongCount(format.IsRecord);
            IReadOnlyList<Copy> copies = records == 0 ? [] : [.. catalog.Formats.OfType<FileFormat<T>>().Where(to => to.CanWrite && FormatCatalog.AreAlike(format, to) && FormatCatalog.IsFor(to, values)).Select(to => Try(to, values))];
            return new FormatTrial(format, records, refused, first, copies);
        }

        private Copy Try<T>(FileFormat<T> to, List<T> values) where T : class
        {
            using var file = new MemoryStream();
            var writer = to.Create!(file, new FormatWriteOptions { FileName = options.FileName, Now = options.Now });
            long held = 0;
            var objections = new List<ReadIssue>();
            foreach (var value in values)
            {
                var objection = writer.Write(value);
                if (objection is not null) objections.Add(objection);
                if (objection is not { Severity: IssueSeverity.Refused } && to.IsRecord(value)) held++;
            }
            writer.Complete();
            if (objections.Count > 0) return new Copy(to, false, held, $"{objections[0].Field}: {objections[0].Reason}");
            if (!to.CanRead) return new Copy(to, false, held, "is only written");
            file.Position = 0;
            using var again = FormatSource.Open(file);
            var (back, issues) = Read(again, to);
            if (issues.Find(issue => issue.Severity == IssueSeverity.Refused) is { } refusal) return new Copy(to, false, held, $"line {refusal.Line}: {refusal.Field}: {refusal.Reason}");
            List<object> said = [.. to.Facts(values)], heard = [.. to.Facts(back)];
            int same = said.Zip(heard).TakeWhile(pair => pair.First.Equals(pair.Second)).Count();
            return same == said.Count && same == heard.Count ? new Copy(to, true, held, null) : new Copy(to, false, held, $"differs: {(same < said.Count ? said[same] : heard[same])}");
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
