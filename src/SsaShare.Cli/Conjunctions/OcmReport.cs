using System.Globalization;
using SsaShare.Domain;
using SsaShare.Formats;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>What an orbit comprehensive message (OCM, 502.0-B-3) says besides its trajectories: covariances, planned burns, mass and areas. Cleared by each message.</summary>
/// <param name="tell">Gets what is wrong, or cannot be used.</param>
internal sealed class OcmReport(string fileName, Action<ReadIssue> tell)
{
    /// <summary>By how much its maker would have a covariance scaled, and how sure he is that it is right (table 6-7).</summary>
    private static readonly string[] Scales = ["COV_SCALE_MIN", "COV_SCALE_MAX", "COV_CONFIDENCE"];

    private readonly Dictionary<string, string> _message = [], _physics = [], _block = [];
    private readonly List<(Dictionary<string, string> Block, NdmEvent Row)> _manoeuvres = [];
    private string _in = "";
    private bool _isRefused, _isFirst;

    /// <summary>In the order of the message, in km and km/s.</summary>
    public List<EphemerisCovariance> Covariances { get; } = [];

    public OperatorName Name => new(long.TryParse(Said("OBJECT_DESIGNATOR"), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null, Said("INTERNATIONAL_DESIGNATOR"), Said("OBJECT_NAME"));

    /// <summary>Null where it is not said.</summary>
    public double? MassKg => Physics("WET_MASS") ?? Physics("INITIAL_WET_MASS");

    /// <summary>Null where the message does not say enough of mass and areas.</summary>
    public SurfaceCoefficients? Surface
        => MassKg is { } mass && Physics("DRAG_CONST_AREA") * Physics("DRAG_COEFF_NOM") is { } drag ? new SurfaceCoefficients(drag / mass, Physics("SRP_CONST_AREA") * Physics("SOLAR_RAD_COEFF") / mass ?? 0) : null;

    public void Take(NdmEvent value)
    {
        switch (value.Kind)
        {
            case NdmEventKind.MessageStart:
                foreach (var fields in (Dictionary<string, string>[])[_message, _physics]) fields.Clear();
                Covariances.Clear();
                _manoeuvres.Clear();
                break;
            case NdmEventKind.BlockStart:
                (_in, _isRefused, _isFirst) = (value.Name, false, true);
                _block.Clear();
                break;
            case NdmEventKind.BlockEnd: _in = ""; break;
            case NdmEventKind.Field when _in == "metadata": _message[value.Name] = value.Text; break;
            case NdmEventKind.Field when _in == "phys": _physics[value.Name] = value.Text; break;
            case NdmEventKind.Field: _block[value.Name] = value.Text; break;
            case NdmEventKind.Row when _in == "cov" && !_isRefused: AddCovariance(value); break;
            case NdmEventKind.Row when _in == "man": _manoeuvres.Add((new(_block), value)); break;
        }
    }

    /// <summary>The manoeuvres, of which those that cannot be flown are told.</summary>
    /// <param name="isPlan">Also those that are candidates or simulated: whoever names a file as the plan wants them flown.</param>
    public List<OrbitManeuver> Burns(bool isPlan)
    {
        var reader = new OcmBurns(OcmClock.Of(_message), MassKg);
        var burns = new List<OrbitManeuver>();
        string told = "";
        foreach (var (block, row) in _manoeuvres)
        {
            string basis = block.GetValueOrDefault("MAN_BASIS", "").ToUpperInvariant(), reason = "";
            if (!isPlan && basis is "CANDIDATE" or "SIMULATED") reason = $"MAN_BASIS is {basis}: not flown; give the file as --plan to fly it";
            else if (reader.Read(block, row.Text.Split(' ')) is (var burn, var objection))
            {
                if (burn is not null) burns.Add(burn);
                reason = objection ?? "";
            }
            if (reason.Length > 0 && reason != told) Tell(row, "MAN_ID", block.GetValueOrDefault("MAN_ID", ""), reason, "give DV, ACC or THR of constant thrust in RTN, TNW, GCRF or EME2000");
            told = reason;
        }
        return burns;
    }

    private void AddCovariance(NdmEvent row)
    {
        if (_isFirst)
            foreach (string key in Scales)
                if (_block.TryGetValue(key, out string? scale)) Tell(row, key, scale, "not applied: the covariance is taken as it stands", "give it scaled", IssueSeverity.Notice);
        _isFirst = false;
        string type = Block("COV_TYPE", "CARTPV"), ordering = Block("COV_ORDERING", "LTM"), frame = Block("COV_REF_FRAME", "TNW_INERTIAL");
        int n = type switch { "CARTP" => 3, "CARTPV" => 6, "CARTPVA" => 9, _ => 0 };
        if (n == 0)
        {
            Refuse("COV_TYPE", type, "not of position and velocity", "give CARTPV");
            return;
        }
        string[] words = row.Text.Split(' ');
        double[] values = [.. words.Skip(1).Select(word => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : double.NaN)];
        if (!OcmClock.Of(_message).TryTime(words[0], out var time)) Refuse("covLine", words[0], "not a time", "give an epoch, or seconds since EPOCH_TZERO");
        else if (values.Length != (ordering is "LTM" or "UTM" ? n * (n + 1) / 2 : n * n)) Refuse("covLine", "", $"{values.Length} values in the order {ordering}", "give as many as COV_TYPE and COV_ORDERING ask for");
        else Covariances.Add(new EphemerisCovariance { Time = time, Frame = Axes(frame), FrameName = frame, LowerKmAndS = Lower(values, n, ordering) });

        void Refuse(string field, string value, string reason, string remedy)
        {
            Tell(row, field, value, $"{reason}; the orbit is screened without it", remedy);
            _isRefused = true;
        }
    }

    /// <summary>The lower triangle of position, and of velocity where there is one; of coefficients of correlation only those that stand opposite are left out.</summary>
    private static double[] Lower(double[] values, int n, string ordering)
    {
        bool isUpper = ordering is "UTM" or "UTMWCC", isTriangle = ordering is "LTM" or "UTM";
        var lower = new List<double>(21);
        for (int row = 0; row < Math.Min(n, 6); row++)
        for (int column = 0; column <= row; column++)
        {
            // Entry (i, j) of what is written: of an upper triangle the transposed one.
            var (i, j) = isUpper ? (column, row) : (row, column);
            lower.Add(values[!isTriangle ? i * n + j : isUpper ? i * n - i * (i - 1) / 2 + (j - i) : i * (i + 1) / 2 + j]);
        }
        return [.. lower];
    }

    /// <param name="name">In capitals.</param>
    public static EphemerisFrame Axes(string name) => name.Replace("_INERTIAL", "", StringComparison.Ordinal).Replace("_ROTATING", "", StringComparison.Ordinal) switch
    {
        "RTN" or "RSW" or "RIC" or "UVW" => EphemerisFrame.Rtn,
        "TNW" => EphemerisFrame.Tnw,
        _ => OcmTrajectories.Frame(name),
    };

    private string Block(string key, string otherwise) => _block.GetValueOrDefault(key, otherwise).ToUpperInvariant();

    private string? Said(string key) => _message.TryGetValue(key, out string? text) && text.ToUpperInvariant() is not ("UNKNOWN" or "N/A" or "NONE" or "") ? text : null;

    private double? Physics(string key) => _physics.TryGetValue(key, out string? text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value > 0 ? value : null;

    private void Tell(NdmEvent at, string field, string value, string reason, string remedy, IssueSeverity severity = IssueSeverity.Refused)
        => tell(new ReadIssue(fileName, Math.Max(1, at.Line), severity, field, value, reason, remedy) { Column = at.Column });
}
