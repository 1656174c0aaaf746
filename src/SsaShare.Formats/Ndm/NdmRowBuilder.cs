using System.Text;

namespace SsaShare.Formats;

/// <summary>Puts a row together of the elements of an observation or a state vector. Used by one thread at a time.</summary>
internal sealed class NdmRowBuilder
{
    private const int ValuesMax = 20;
    private readonly List<(string Name, string Text)> _values = [];
    private readonly StringBuilder _row = new();
    private NdmBlock _block = null!;
    private int _line, _column;
    private bool _isRefused;

    public bool IsOpen { get; private set; }

    /// <summary>Nothing has been put in.</summary>
    public bool IsEmpty => _values.Count == 0 && !_isRefused;

    public void Drop() => IsOpen = false;

    public void Start(NdmBlock block, int line, int column)
    {
        (_block, _line, _column, _isRefused, IsOpen) = (block, line, column, false, true);
        _values.Clear();
    }

    public void Add(INdmSink sink, string name, string text, string? unit, int line, int column)
    {
        if (_isRefused) return;
        var keyword = name == "EPOCH" ? null : _block.RowKeyword(name);
        if (_values.Count == ValuesMax) Refuse(sink, line, column, name, text, $"more than {ValuesMax} values", "give each in an element of its own");
        else if (unit is not null && keyword is not null && !NdmValues.IsUnit(unit, keyword.Unit)) Refuse(sink, line, column, name, unit, $"in {unit}, expected {keyword.Unit}", $"give it in {keyword.Unit}");
        else if (text.Length == 0) Refuse(sink, line, column, name, "", "no value", "give one");
        else if (text.Contains(' ', StringComparison.Ordinal)) Refuse(sink, line, column, name, text, "more than one value", "give one");
        else _values.Add((name, text));
    }

    public void End(INdmSink sink)
    {
        IsOpen = false;
        if (_isRefused) return;
        if (_values.Count == 0 || _values[0].Name != "EPOCH")
        {
            Refuse(sink, _line, _column, "EPOCH", "", "missing, or not first", "put it first");
            return;
        }
        if (_block.Rows == NdmRowStyle.Observation) Observations(sink);
        else State(sink);
    }

    private void Observations(INdmSink sink)
    {
        if (_values.Count == 1) Refuse(sink, _line, _column, "observation", _values[0].Text, "no measurement", "give one");
        for (int i = 1; i < _values.Count; i++) sink.Event(NdmEvent.Row(_values[i].Name, $"{_values[0].Text} {_values[i].Text}", _line, _column));
    }

    private void State(INdmSink sink)
    {
        _row.Clear();
        for (int i = 0; i < _values.Count; i++)
        {
            string? expected = i < _block.RowKeywords.Length ? _block.RowKeywords[i].Name : null;
            if (_values[i].Name != expected)
            {
                Refuse(sink, _line, _column, _values[i].Name, _values[i].Text, expected is null ? "not a value of a state vector" : $"stands where {expected} is expected", "give EPOCH, X, Y, Z, X_DOT, Y_DOT, Z_DOT and, with accelerations, X_DDOT, Y_DDOT, Z_DDOT");
                return;
            }
            if (i > 0) _row.Append(' ');
            _row.Append(_values[i].Text);
        }
        sink.Event(NdmEvent.Row(_block.RowName, _row.ToString(), _line, _column));
    }

    private void Refuse(INdmSink sink, int line, int column, string field, string value, string reason, string remedy)
    {
        _isRefused = true;
        sink.Fault(NdmScope.Row, line, column, field, value, reason, remedy);
    }
}
