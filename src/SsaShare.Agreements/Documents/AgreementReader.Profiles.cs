using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using SsaShare.Domain;

namespace SsaShare.Agreements;

internal sealed partial class AgreementReader
{
    private static readonly SearchValues<char> PlainNumber = SearchValues.Create("0123456789."), AnyNumber = SearchValues.Create("0123456789.eE+- ");

    private ImmutableArray<DegradationProfile> _profiles = [];
    private DegradationFigures? _minimum;

    private ImmutableArray<DegradationProfile> ReadProfiles(DocumentNode node)
    {
        if (Items(node, Words.DegradationProfiles) is not { } items) return [];
        var profiles = ImmutableArray.CreateBuilder<DegradationProfile>();
        foreach (var item in items)
        {
            if (Fields.Of(item, "a degradation profile", Words.Profile, _issues) is not { } fields || ReadName<ProfileId>(fields, "profile", ProfileId.TryParse) is not { } id) continue;
            var figures = ReadFigures(fields);
            ImmutableArray<RemovedField> remove = fields.Find(Words.Remove) is { } removeNode
                ? [.. ReadList<RemovedField>(removeNode, Words.Remove, WordReader(Vocabulary.RemovedFields)).Order()]
                : [];
            if (fields.Names.All(name => name == Words.Id)) _issues.Add(item, $"Profile '{id}' hides nothing: give it a figure or '{Words.Remove}'.");
            if (profiles.Any(profile => profile.Id == id)) _issues.Add(item, $"A profile '{id}' was given before.");
            if (profiles.Count == DocumentLimits.ProfilesMax) _issues.Add(item, $"An agreement has at most {DocumentLimits.ProfilesMax} degradation profiles.");
            if (profiles.Count > DocumentLimits.ProfilesMax) break;
            profiles.Add(new DegradationProfile(id, figures, remove));
        }
        return profiles.ToImmutable();
    }

    private DegradationFigures? ReadMinimum(DocumentNode node)
    {
        if (Fields.Of(node, "the safety-of-flight minimum", Words.Figures, _issues) is not { } fields) return null;
        if (!fields.Names.Any()) _issues.Add(node, $"'{Words.SafetyOfFlightMinimum}' is empty: leave it out, and no release for safety of flight may be degraded.");
        return ReadFigures(fields);
    }

    private DegradationFigures ReadFigures(Fields fields)
    {
        double? Figure(DegradedFigure figure)
            => fields.Find(Vocabulary.Figures.WordOf(figure)) is { } node && Text(node) is { } text ? ReadFigure(node, text, figure) : null;
        return new DegradationFigures
        {
            RangeSigmaKm = Figure(DegradedFigure.RangeSigmaKm),
            RangeRateSigmaKmPerS = Figure(DegradedFigure.RangeRateSigmaKmPerS),
            AngleSigmaDeg = Figure(DegradedFigure.AngleSigmaDeg),
            PositionSigmaKm = Figure(DegradedFigure.PositionSigmaKm),
            VelocitySigmaKmPerS = Figure(DegradedFigure.VelocitySigmaKmPerS),
            EpochStepS = Figure(DegradedFigure.EpochStepS),
            ElementAngleStepDeg = Figure(DegradedFigure.ElementAngleStepDeg),
            EccentricityStep = Figure(DegradedFigure.EccentricityStep),
            MeanMotionStepRevPerDay = Figure(DegradedFigure.MeanMotionStepRevPerDay),
        };
    }

    private double? ReadFigure(DocumentNode node, string text, DegradedFigure figure)
    {
        string unit = Vocabulary.UnitOf(figure) is { Length: > 0 } name ? $" of {name}" : "";
        if (text.Length > 20 || text[0] == '.' || text[^1] == '.' || text.AsSpan().ContainsAnyExcept(PlainNumber) || !double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value))
        {
            string stated = unit.Length > 0 && text.AsSpan().ContainsAnyExcept(AnyNumber) && char.IsAsciiDigit(text[0]) ? " The unit stands in the field's name." : "";
            _issues.Add(node, $"'{Show.Text(text)}' is not a plain number{unit} such as {DegradationFigures.Range(figure).Least}.{stated}{LookAlike.Hint(text)}");
            return null;
        }
        var (least, greatest) = DegradationFigures.Range(figure);
        if (value < least.Value || value > greatest.Value)
        {
            _issues.Add(node, $"'{text}' is outside {least} to {greatest}{(unit.Length > 0 ? " " + Vocabulary.UnitOf(figure) : "")}.");
            return null;
        }
        if (LadderStep.TryOf(value, out _)) return value;
        var (below, above) = LadderStep.Nearest(value);
        _issues.Add(node, $"'{text}' is not 1, 2 or 5 times a power of ten: take {below} or {above}, so that releases of different precision never average to a better one.");
        return null;
    }

    private bool TryReadProfileName(DocumentNode node, out ProfileId id)
    {
        id = default;
        if (Text(node) is not { } text) return false;
        if (ProfileId.TryParse(text, out var name) && FindProfile(name) is not null)
        {
            id = name;
            return true;
        }
        _issues.AddUnknown((ScalarNode)node, "degradation profile of this agreement", _profiles.Select(profile => profile.Id.Value));
        return false;
    }

    private DegradationProfile? FindProfile(ProfileId id) => _profiles.FirstOrDefault(profile => profile.Id == id);
}
