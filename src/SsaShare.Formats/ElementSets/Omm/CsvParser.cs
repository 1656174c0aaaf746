namespace SsaShare.Formats;

/// <summary>
/// Takes the lines of a CSV file of orbit mean-elements messages: a header of keywords in any order, then one set of elements a row.
/// Pure, total, in constant memory. Used by one thread at a time.
/// </summary>
internal sealed class CsvParser : ILineParser, IFieldLocator
{
    private readonly ElementOutput _output;
    private readonly OmmRecord _record;
    private readonly byte[] _scratch;
    private (ElementField? Field, string Keyword)[] _columns = [];
    private int[] _starts = [];
    private byte[] _header = [];
    private long _line;

    public CsvParser(ElementOutput output)
    {
        (_output, _record) = (output, new OmmRecord(output));
        _scratch = new byte[output.Options.MaxLineBytes];
        output.Locator = this;
    }

    public bool IsStopped => _output.IsStopped;

    public void Line(ReadOnlySpan<byte> line, long number)
    {
        if (number == 1 && line.StartsWith("\uFEFF"u8)) line = line[3..];
        line = line.TrimEnd(" \t\r"u8);
        if (IsStopped || line.IsEmpty) return;
        if (_columns.Length == 0) Header(line, number);
        else Row(line, number);
    }

    public void TooLong(ReadOnlySpan<byte> head, long number)
    {
        if (IsStopped) return;
        if (_columns.Length == 0)
        {
            _output.RefuseFile(number, "line", head, $"longer than {_output.Options.MaxLineBytes} bytes", "check that this is a text file");
            return;
        }
        _output.Refuse(number, 0, "line", head, $"longer than {_output.Options.MaxLineBytes} bytes", "check that quotes and line ends are right");
        _output.End(null, number, _header, head, isCut: true);
    }

    public void Complete(long lines)
    {
        if (!IsStopped && _columns.Length == 0) _output.RefuseFile(Math.Max(lines, 1), "file", [], "empty", "the first line names the columns");
    }

    public (long Line, int Column) Locate(string field)
    {
        int index = Array.FindIndex(_columns, column => column.Keyword == field);
        return (_line, index < 0 ? 0 : _starts[index]);
    }

    private void Header(ReadOnlySpan<byte> line, long number)
    {
        var columns = new List<(ElementField? Field, string Keyword)>();
        var cells = new CsvCells(line, _scratch);
        while (cells.Next(out var cell))
        {
            string name = ReadIssue.ShowAll(cell.Trim((byte)' ')), keyword = name.ToUpperInvariant();
            var field = ElementFields.Find(keyword);
            bool isKnown = field is not null || ElementFields.IsKnownFurther(keyword);
            if (!isKnown) keyword = name;
            if (cells.Fault is { } fault) _output.Refuse(number, cells.Column, "header", cell, fault, "correct the header");
            else if (columns.Exists(column => column.Keyword == keyword)) _output.Refuse(number, cells.Column, keyword, [], "a column with this name stands before it", "give each once");
            else if (!_output.IsLenient && !isKnown) _output.Refuse(number, cells.Column, name.Length == 0 ? "header" : name, [], "not a column of orbit mean-elements messages", "correct or remove it, or read the file leniently");
            else if (!_output.IsLenient && keyword != name) _output.Refuse(number, cells.Column, name, [], "keywords are in capitals", $"write {keyword}, or read the file leniently");
            else if (!isKnown) _output.Notice(number, cells.Column, name.Length == 0 ? "header" : name, [], "not a column of orbit mean-elements messages; kept as it is", "nothing need be done");
            else if (keyword != name) _output.Notice(number, cells.Column, name, [], $"taken for {keyword}", "write keywords in capitals");
            columns.Add((field, keyword));
        }
        string missing = string.Join(", ", ElementFields.All.Where(field => field.IsRequired && !columns.Exists(column => column.Field == field)).Select(field => field.Keyword));
        if (!columns.Exists(column => column.Field is not null)) _output.RefuseFile(number, "file", line, "not orbit mean-elements messages in CSV", "the first line names the columns: OBJECT_NAME,OBJECT_ID,EPOCH,MEAN_MOTION,...");
        else if (_output.IsRefused || missing.Length > 0) _output.RefuseFile(number, "header", [], missing.Length > 0 ? $"no column {missing}" : "the columns are not right", "correct the header");
        if (IsStopped) return;
        _columns = [.. columns];
        _starts = new int[_columns.Length];
        _header = [.. line, (byte)'\n'];
    }

    private void Row(ReadOnlySpan<byte> line, long number)
    {
        _line = number;
        var cells = new CsvCells(line, _scratch);
        int count = 0;
        for (; cells.Next(out var cell); count++)
        {
            if (count >= _columns.Length) continue;
            _starts[count] = cells.Column;
            var (field, keyword) = _columns[count];
            if (cells.Fault is { } fault) _output.Refuse(number, cells.Column, keyword, cell, fault, "quote the cell as RFC 4180 has it");
            else if (field is not null) _record.Set(field, cell, number, cells.Column);
            else _record.SetFurther(keyword, cell, isBare: false, number, cells.Column);
        }
        if (count != _columns.Length) _output.Refuse(number, 0, "line", line, $"{count} cells where the header has {_columns.Length}", "quote cells that hold commas; give each column a cell");
        _output.End(_record.Finish(number), number, _header, line);
    }
}
