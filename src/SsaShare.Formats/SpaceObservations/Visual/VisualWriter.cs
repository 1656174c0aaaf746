using System.Globalization;

namespace SsaShare.Formats;

/// <summary>What the writers of visual observations share.</summary>
internal abstract class VisualWriter(Stream stream, FormatWriteOptions options) : ObservationLineWriter(stream, options)
{
    /// <summary>Complains about what no visual observation can do without.</summary>
    protected void CheckCommon(ObservationRecord value)
    {
        if (value.Time is null) CannotHold("epoch", "", "an observation has an epoch", "give it");
        string station = value.Station.Id ?? "";
        if (station.Length != 4 || !VisualCodes.IsStation(System.Text.Encoding.Latin1.GetBytes(station))) CannotHold("station", station, "a station has four digits, or letters other than I and O", "give the station's number");
        if (value.Time is { Event: not TimeTagEvent.Observation }) Loses("time tag", "the format does not tell what moment of the signal's way it is of");
        if (value.Time is { System: not TdmTimeSystem.Utc }) Loses("time system", "written in UTC");
        if (value.Station.PositionKm is not null) Loses("position of the sensor", "the format has no place for it");
        TellWhatIsLost(value, keepsRanges: false, keepsAppearance: true, keepsCard: false);
    }

    protected void CannotHoldAngles(AnglePair angles) => CannotHold("angles", string.Create(CultureInfo.InvariantCulture, $"{angles.Angle1Deg:R} {angles.Angle2Deg:R}"), "beyond what its columns can hold", "degrees from 0 to 360 and from -90 to 90");

    protected char EquinoxCode(AnglePair angles, Equinox zero)
    {
        char code = VisualCodes.Code(angles.Equinox, zero);
        if (code == '?') CannotHold("equinox", angles.Equinox.ToString(), "the format has no code for it", "turn the angles to a year's equinox");
        return code;
    }
}
