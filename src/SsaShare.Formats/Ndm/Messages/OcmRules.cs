using System.Globalization;

namespace SsaShare.Formats;

/// <summary>Lines of trajectories, covariances and manoeuvres have as many values as their types, orderings and compositions say, in the units of those, forward in time: 502.0-B-3 section 6.2.</summary>
internal sealed class OcmRules : NdmRules
{
    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);
    private NdmTime? _zero, _last;
    private string[] _parts = [];
    private int _times, _values;
    private bool _isUtc = true;

    public override void Started(NdmBlock block)
    {
        if (block.Rows != NdmRowStyle.Line) return;
        _fields.Clear();
        (_last, _parts, _times, _values) = (null, [], 1, -1);
    }

    public override NdmFault? Field(NdmBlock block, NdmKeyword keyword, NdmEvent one)
    {
        if (keyword.Type == NdmType.TimeSystem) _isUtc = one.Text.Equals("UTC", StringComparison.OrdinalIgnoreCase);
        if (keyword.Name == "EPOCH_TZERO" && NdmTime.Read(one.Text, out var zero) is null) _zero = zero;
        if (block.Rows == NdmRowStyle.Line) _fields[keyword.Name] = one.Text;
        return null;
    }

    public override NdmFault? Opened(NdmBlock block, NdmEvent start) => block.Name switch
    {
        "traj" => OpenElements("TRAJ_TYPE", "TRAJ_UNITS", ordering: null),
        "cov" => OpenElements("COV_TYPE", "COV_UNITS", _fields.GetValueOrDefault("COV_ORDERING", "LTM").ToUpperInvariant()),
        "man" => OpenComposition(),
        _ => null,
    };

    public override NdmFault? Row(NdmBlock block, NdmEvent one)
    {
        if (block.Rows != NdmRowStyle.Line) return null;
        int count = 0;
        NdmTime? time = null;
        foreach (var range in one.Values)
        {
            var text = one.Text.AsSpan(range);
            if ((count < _times ? TimeFault(one, text, ref time) : ValueFault(one, text, count - _times)) is { } fault) return fault;
            count++;
        }
        if (_values >= 0 && count != _values + _times) return new NdmFault(one.Name, one.Text, $"{count} values", $"give {_times + _values}: {(_times == 1 ? "the time" : "both times")} and {_values}");
        if (_values >= 0 && block.Name == "traj" && _last is { } last && time <= last) return new NdmFault(one.Name, one.Text, "not after the line before it", "give the trajectory in order, each time once");
        _last = time;
        return null;
    }

    private NdmFault? TimeFault(NdmEvent one, ReadOnlySpan<char> text, ref NdmTime? time)
    {
        if (NdmTime.Read(text, out var absolute) is null && (!absolute.IsInLeapSecond || (_isUtc && absolute.IsOfUtc))) time = absolute;
        else if (!NdmValues.IsNumber(text) || !decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal seconds) || seconds is < -1e12m or > 1e12m)
            return new NdmFault(one.Name, text.ToString(), "not a time", "give an epoch, or seconds since EPOCH_TZERO");
        else time ??= _zero?.Plus(seconds);
        return null;
    }

    private NdmFault? ValueFault(NdmEvent one, ReadOnlySpan<char> text, int index)
    {
        string part = index < _parts.Length ? _parts[index] : "";
        if (OcmElements.IsSwitch(part) && !text.Equals("ON", StringComparison.OrdinalIgnoreCase) && !text.Equals("OFF", StringComparison.OrdinalIgnoreCase))
            return new NdmFault(part, text.ToString(), "neither ON nor OFF", "give one of them");
        if (OcmElements.IsText(part) || NdmValues.IsNumber(text)) return null;
        return new NdmFault(part.Length == 0 ? one.Name : part, text.ToString(), "not a finite number", "correct it");
    }

    private NdmFault? OpenElements(string typeName, string unitsName, string? ordering)
    {
        string type = _fields.GetValueOrDefault(typeName, "CARTPV");
        if (OcmElements.UnitsOf(type) is not { } units) return new NdmFault(typeName, type, "not a type of the registry", "give one such as CARTPV or KEPLERIAN", IsForbidden: true);
        int n = units.Length;
        _values = type.Equals("EIGVAL3EIGVEC3", StringComparison.OrdinalIgnoreCase) ? n : ordering switch { null => n, "LTM" or "UTM" => n * (n + 1) / 2, _ => n * n };
        return UnitsFault(unitsName, units);
    }

    private NdmFault? OpenComposition()
    {
        string[] composition = OcmElements.List(_fields.GetValueOrDefault("MAN_COMPOSITION", ""));
        _times = composition.TakeWhile(part => part.ToUpperInvariant() is "TIME_ABSOLUTE" or "TIME_RELATIVE").Count();
        _parts = composition[_times..];
        if (_times == 0) return new NdmFault("MAN_COMPOSITION", _fields.GetValueOrDefault("MAN_COMPOSITION", ""), "it begins with no time", "begin it with TIME_ABSOLUTE or TIME_RELATIVE");
        foreach (string part in _parts)
            if (OcmElements.UnitOfPart(part) is null) return new NdmFault("MAN_COMPOSITION", part, "not a part of a manoeuvre", "correct it");
        _values = _parts.Length;
        return UnitsFault("MAN_UNITS", [.. _parts.Select(part => OcmElements.UnitOfPart(part)!)]);
    }

    private NdmFault? UnitsFault(string name, string[] expected)
    {
        if (!_fields.TryGetValue(name, out string? text)) return null;
        string[] units = OcmElements.List(text);
        // Some give a unit for the times too, which the standard leaves out.
        if (units.Length == expected.Length + _times && name == "MAN_UNITS") units = units[_times..];
        if (units.Length != expected.Length) return new NdmFault(name, text, $"{units.Length} units for {expected.Length} values", $"give {string.Join(", ", expected)}");
        for (int i = 0; i < units.Length; i++)
            if (!NdmValues.IsUnit(units[i], expected[i])) return new NdmFault(name, text, $"in {units[i]}, expected {expected[i]}", $"give {string.Join(", ", expected)}");
        return null;
    }
}
