using System.Runtime.CompilerServices;

namespace SsaShare.Formats;

/// <summary>
/// Reads observations of the service from a file of any of <see cref="SpaceObservationFormats"/>, in constant memory. Units are converted here: degrees to radians,
/// times of flight to one-way distances, time tags of transmission and reflection to those of reception.
/// </summary>
/// <remarks>
/// <para>Total: every input ends in observations and issues. Kept are azimuth and elevation, range and range rate of sensors that stand still.</para>
/// <para>Refused, with the reason: right ascension and declination, and sensors that move, for which the service has no observation; a range whose number begins
/// with zero (read it as its columns say, and it may be a tenth of what was meant); laser ranges corrected for the atmosphere or with the station's delay still
/// in them; epochs to more than a second; what <see cref="TdmLimits"/> calls implausible. Passed over with a notice: rates of angles, brightness, shots that are
/// noise, pointing that was not measured.</para>
/// <para>Enumerate once; one thread at a time. The stream stays the caller's.</para>
/// </remarks>
public sealed class ObservationReader(Stream stream, FileFormat<ObservationRecord> format, ObservationReadOptions options)
{
    private readonly ObservationInterpreter _interpreter = new(options);
    private readonly IFormatReader<ObservationRecord> _reader = (format.Open ?? throw new ArgumentException("A format that is read.", nameof(format)))(stream, new FormatReadOptions
    {
        FileName = options.FileName, Now = options.Now, KeepsRefused = options.KeepsRefused, MaxLineBytes = options.MaxLineBytes, MaxIssues = options.MaxIssues,
    });

    private readonly List<ObservationItem> _items = [];
    private readonly List<ObservationRecord> _headers = [];
    private int _issues;
    private bool _isStopped;

    /// <exception cref="IOException">The stream fails.</exception>
    public IEnumerable<ObservationItem> Read()
    {
        foreach (var item in _reader.Read())
        {
            Take(item);
            for (int i = 0; i < _items.Count; i++) yield return _items[i];
            if (_isStopped) yield break;
        }
    }

    /// <exception cref="IOException">The stream fails.</exception>
    /// <exception cref="OperationCanceledException">Cancelled while waiting for the stream.</exception>
    public async IAsyncEnumerable<ObservationItem> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var item in _reader.ReadAsync(cancellationToken))
        {
            Take(item);
            for (int i = 0; i < _items.Count; i++) yield return _items[i];
            if (_isStopped) yield break;
        }
    }

    private void Take(FormatItem<ObservationRecord> item)
    {
        _items.Clear();
        if (item.Issue is not null || item.Refused is not null)
        {
            _items.Add(new ObservationItem(null, item.Issue, item.Line) { Refused = item.Refused });
            if (item.Issue is not null) _issues++;
            return;
        }
        if (item.Value is not { } record) return;
        KeepHeader(record);
        var observation = _interpreter.Interpret(record, out var complaints, out var notices);
        foreach (var notice in notices) Report(notice.ToIssue(options.FileName, item.Line, IssueSeverity.Notice));
        if (observation is not null) _items.Add(new ObservationItem(observation, null, item.Line));
        if (complaints.Count == 0) return;
        var refusals = new List<ReadIssue>();
        foreach (var (complaint, mayPass) in complaints)
        {
            refusals.Add(complaint.ToIssue(options.FileName, item.Line, IssueSeverity.Refused) with { MayPass = mayPass });
            Report(refusals[^1]);
            if (_isStopped) return;
        }
        if (options.KeepsRefused) _items.Add(new ObservationItem(null, null, item.Line) { Refused = Part(record, refusals) });
    }

    private void Report(ReadIssue issue)
    {
        if (_isStopped) return;
        _items.Add(new ObservationItem(null, issue, issue.Line));
        if (++_issues < options.MaxIssues) return;
        _isStopped = true;
        var last = new ReadIssue(options.FileName, issue.Line, IssueSeverity.Refused, "file", "", $"{options.MaxIssues} issues; the rest of the file is not read", "correct those first");
        _items.Add(new ObservationItem(null, last, issue.Line));
        if (options.KeepsRefused) _items.Add(new ObservationItem(null, null, issue.Line) { Refused = new RefusedPart([last]) { IsCut = true, EndsReading = true } });
    }

    /// <summary>Headers of the pass, which its ranges cannot be read without.</summary>
    private void KeepHeader(ObservationRecord record)
    {
        if (record.Laser is not { Type: "H1" or "H2" or "H3" or "H4" } header) return;
        _headers.RemoveAll(other => string.CompareOrdinal(other.Laser!.Type, header.Type) >= 0);
        _headers.Add(record);
    }

    /// <summary>The record in its own format again.</summary>
    private RefusedPart Part(ObservationRecord record, List<ReadIssue> refusals)
    {
        var before = record.Laser is null || format.Name != SpaceObservationFormats.Crd.Name ? [] : Written(_headers, []);
        var text = Written([record], before.Length > 0 ? _headers : []);
        return new RefusedPart([.. refusals.Take(RefusedPart.IssuesMax)]) { Before = before, Text = text.AsMemory(before.Length), After = before.Length > 0 ? "H8\n"u8.ToArray() : default, IsCut = text.Length == before.Length };
    }

    private byte[] Written(IEnumerable<ObservationRecord> records, IEnumerable<ObservationRecord> first)
    {
        using var bytes = new MemoryStream();
        var writer = format.Create!(bytes, new FormatWriteOptions { FileName = options.FileName, Now = options.Now });
        foreach (var record in first.Concat(records)) writer.Write(record);
        // Laser ranging ends a pass of its own accord; here its end comes after the text.
        if (format.Name != SpaceObservationFormats.Crd.Name) writer.Complete();
        return bytes.ToArray();
    }
}

/// <summary>One thing found in a file of observations: an observation, an issue or, where such are asked for, a refused part; never two of them.</summary>
/// <param name="Line">Of the observation or of the issue.</param>
public readonly record struct ObservationItem(Observation? Observation, ReadIssue? Issue, long Line)
{
    /// <summary>What was refused, after its issues; null when this is something else.</summary>
    public RefusedPart? Refused { get; init; }
}

/// <summary>What the reader of observations must be told, and its limits.</summary>
public sealed record ObservationReadOptions
{
    /// <summary>The name that issues carry.</summary>
    public required string FileName { get; init; }

    /// <summary>The present; an observation more than one day later is refused.</summary>
    public required Epoch Now { get; init; }

    /// <summary>Whether the publisher has such a sensor; null takes every sensor.</summary>
    public Func<SensorId, bool>? IsKnownSensor { get; init; }

    /// <summary>Whether items tell what was refused, beside why: a line as it stood where the file's reader refused it, otherwise the observation written in its format again.</summary>
    public bool KeepsRefused { get; init; }

    /// <summary>Longest line taken, bytes, from 64 to 1 MiB.</summary>
    public int MaxLineBytes { get; init; } = 4_096;

    /// <summary>After this many issues the rest of the file is not read.</summary>
    public int MaxIssues { get; init; } = 1_000;
}
