using System.Text;

namespace SsaShare.Formats;

/// <summary>
/// Takes laser ranging data (ILRS CRD, versions 1 and 2) record by record: every record becomes an item, those of ranges and pointing with what they measured.
/// </summary>
internal sealed class CrdParser(FormatReadOptions options, List<FormatItem<ObservationRecord>> items) : ObservationLineParser(options, items)
{
    private const int TokensMax = 64;
    private readonly List<FieldComplaint> _complaints = [];
    private readonly LineCollector _headers = new(), _refused = new();
    private LaserPass? _pass;
    private bool _dashTold, _fileEnded;
    private long _refusedFrom, _refusedLines;

    protected override (ReadOnlyMemory<byte> Before, ReadOnlyMemory<byte> After) Surroundings
        => _pass?.StartDay is null ? default : (_headers.Lines.ToArray(), "H8\n"u8.ToArray());

    protected override void Take(ReadOnlySpan<byte> line, long number)
    {
        string type = line.Length >= 2 && (line.Length == 2 || line[2] is (byte)' ' or (byte)'\t') ? Encoding.Latin1.GetString(line[..2]).ToUpperInvariant() : "";
        if (_refusedLines > 0 && type is not ("H1" or "H2" or "H3" or "H4" or "H9"))
        {
            PassOver(line, type, number);
            return;
        }
        EndRefused();
        _complaints.Clear();
        var record = Parse(line, type, number);
        if (IsStopped) return;
        if (record is null || _complaints.Count > 0) RefuseRecord(line, type, number);
        else Accept(record, line, number);
    }

    protected override void End(long lines)
    {
        EndRefused();
        if (_pass is null && !_fileEnded) NotOne(lines, default);
        else if (_pass?.StartDay is not null) Refuse(lines, default, [new("H8", 0, "", "the file ends within a pass", "send the whole file; what came before is kept")]);
    }

    private ObservationRecord? Parse(ReadOnlySpan<byte> line, string type, long number)
    {
        var table = LaserRecordTable.Find(type);
        if (_pass is null && type is not ("H1" or "00"))
        {
            NotOne(number, line);
            return null;
        }
        if (table is null)
        {
            _complaints.Add(new("record", 1, ReadIssue.Show(line), "the format has no such record", "correct or remove it"));
            return null;
        }
        if (table.Count == 1 && table[0].Kind == LaserFieldKind.Line)
            return new ObservationRecord { Laser = new LaserRecord(type, line.Length <= 3 ? KeyedFields.None : new KeyedFields([new("text", Text(line[3..]))])) };
        var fields = Fields(line, type, table, number);
        if (_complaints.Count > 0) return null;
        var record = new LaserRecord(type, new KeyedFields(fields));
        if (type == "H1") return Begin(record, line, number);
        if (type == "H4" && DateTime.DaysInMonth((int)record.Number("start_year")!, (int)record.Number("start_month")!) < record.Number("start_day"))
            _complaints.Add(new("start_day", 0, record.Fields.Find("start_day")!, "the calendar has no such day", "correct the date"));
        if (table.Count == 0 || !ReferenceEquals(table[0], LaserRecordTable.SecondsOfDay)) return Placed(type, new ObservationRecord { Laser = record });
        string? wrong = _pass!.At(Encoding.ASCII.GetBytes(fields[0].Value), out var time);
        if (wrong is null) return _pass.Observe(record, time);
        _complaints.Add(new(table[0].Name, 4, fields[0].Value, wrong, "seconds of the day, UTC, after a session header (H4)"));
        return null;
    }

    /// <summary>Whether a record stands where it may.</summary>
    private ObservationRecord? Placed(string type, ObservationRecord record)
    {
        bool needsPass = type is "H5" or "H8" or "50" or "60";
        if (needsPass && _pass!.StartDay is null) _complaints.Add(new("record", 1, type, "outside a pass", "it follows a session header (H4)"));
        if (type == "H4" && (_pass!.Station.Id is null || _pass.Target == default)) _complaints.Add(new("record", 1, type, "no station or target header before it", "H2 and H3 come before H4"));
        return record;
    }

    private List<KeyValuePair<string, string>> Fields(ReadOnlySpan<byte> line, string type, IReadOnlyList<LaserField> table, long number)
    {
        int version = _pass?.Version ?? 1;
        Span<Range> tokens = stackalloc Range[TokensMax + 1];
        int count = Tokens(line, tokens);
        var fields = new List<KeyValuePair<string, string>>(table.Count);
        int next = 1;
        foreach (var field in table)
        {
            if (field.Since > version && next >= count) continue;
            if (next >= count)
            {
                if (!field.IsOptional) _complaints.Add(new(field.Name, line.Length + 1, "", $"the record {type} ends before it", $"write it, or na; version {version} of the format has it"));
                break;
            }
            var text = line[tokens[next]];
            if (text.SequenceEqual("-na"u8) && !_dashTold)
            {
                _dashTold = true;
                Notice(number, new(field.Name, tokens[next].Start.Value + 1, "-na", "read as na", "write na without a minus"));
            }
            if (LaserRecordTable.Check(field, text) is { } wrong) _complaints.Add(new(field.Name, tokens[next].Start.Value + 1, ReadIssue.Show(text), wrong, $"correct the record {type}"));
            fields.Add(new(field.Name, Text(text)));
            next++;
        }
        if (next < count) _complaints.Add(new("record", tokens[next].Start.Value + 1, ReadIssue.Show(line[tokens[next]]), $"more than the {table.Count} fields of a record {type}", "remove what is too much; words have no blanks in them"));
        return fields;
    }

    /// <summary>Words between blanks, at most as many as there is room for.</summary>
    private static int Tokens(ReadOnlySpan<byte> line, Span<Range> tokens)
    {
        int count = 0, i = 0;
        while (count < tokens.Length)
        {
            while (i < line.Length && line[i] is (byte)' ' or (byte)'\t') i++;
            if (i == line.Length) break;
            int from = i;
            while (i < line.Length && line[i] is not ((byte)' ' or (byte)'\t')) i++;
            tokens[count++] = from..i;
        }
        return count;
    }

    private ObservationRecord? Begin(LaserRecord record, ReadOnlySpan<byte> line, long number)
    {
        if (!string.Equals(record.Fields.Find("format"), "CRD", StringComparison.OrdinalIgnoreCase))
        {
            if (_pass is null) NotOne(number, line);
            else _complaints.Add(new("format", 4, record.Fields.Find("format")!, "not CRD", "send laser ranging data only"));
            return null;
        }
        return new ObservationRecord { Laser = record };
    }

    private void Accept(ObservationRecord record, ReadOnlySpan<byte> line, long number)
    {
        var laser = record.Laser!;
        if (laser.Type[0] == 'H' && laser.Type is not ("H5" or "H8" or "H9") && _pass?.StartDay is not null)
        {
            Refuse(number, default, [new("H8", 1, laser.Type, "a header within a pass: the pass before has no end", "end each pass with H8; what came before is kept")]);
            _pass = _pass with { StartDay = null };
        }
        switch (laser.Type)
        {
            case "H1":
                _pass = new LaserPass((int)laser.Number("version")!);
                _headers.Clear();
                break;
            case "H9":
                _fileEnded = true;
                break;
            default:
                _pass = _pass?.With(laser);
                break;
        }
        if (laser.Type[0] == 'H' && laser.Type is not ("H8" or "H9")) _headers.Add(line);
        Give(record, number);
    }

    /// <summary>A header that is wrong takes its pass with it: what would its data mean?</summary>
    private void RefuseRecord(ReadOnlySpan<byte> line, string type, long number)
    {
        if (type is not ("H1" or "H2" or "H3" or "H4"))
        {
            Refuse(number, line, _complaints);
            return;
        }
        if (type == "H1" && _pass is null)
        {
            Stop(number, _complaints[0]);
            return;
        }
        for (int i = 0; i < _complaints.Count; i++) _complaints[i] = _complaints[i] with { Reason = $"{_complaints[i].Reason}; the pass is refused" };
        Refuse(number, line, _complaints);
        _refusedFrom = number;
        _refusedLines = 1;
        _pass = _pass! with { StartDay = null };
    }

    private void PassOver(ReadOnlySpan<byte> line, string type, long number)
    {
        _refused.Add(line);
        _refusedLines++;
        if (type == "H8") EndRefused();
    }

    private void EndRefused()
    {
        if (_refusedLines > 1)
        {
            string text = $"{_refusedLines - 1} records of the pass that was refused at its header";
            Refuse(_refusedFrom, _refused.Lines.TrimEnd((byte)'\n'), [new("pass", 0, "", text, "correct the header and send the pass again")], _refused.IsCut);
        }
        _refusedLines = 0;
        _refused.Clear();
    }

    private void NotOne(long number, ReadOnlySpan<byte> line) => Stop(number, new("file", 1, ReadIssue.Show(line), "not laser ranging data", "the first record is H1 CRD with version 1 or 2"));

    private static string Text(ReadOnlySpan<byte> text) => System.Text.Unicode.Utf8.IsValid(text) ? Encoding.UTF8.GetString(text) : Encoding.Latin1.GetString(text);
}
