using Microsoft.Extensions.Logging;
using SsaShare.Domain;
using SsaShare.Fusion;

namespace SsaShare.FusionService;

/// <summary>Every log message of the fusion service. Event ids 300 to 399, never reused.</summary>
internal static partial class FusionServiceLog
{
    [LoggerMessage(EventId = 301, Level = LogLevel.Information, Message = "Catalog restored: {Records} records, {Objects} objects.")]
    public static partial void Restored(ILogger logger, int records, int objects);

    [LoggerMessage(EventId = 302, Level = LogLevel.Information, Message = "Fused {Records} records: {Accepted} new measurements, {Duplicates} repeated, {Refused} refused, {Associated} associated, {Objects} new objects, in {Milliseconds} ms.")]
    public static partial void Fused(ILogger logger, int records, int accepted, int duplicates, int refused, int associated, int objects, long milliseconds);

    [LoggerMessage(EventId = 303, Level = LogLevel.Warning, Message = "{Records} records do not enter the catalog: {Reason}. The first is {Record}.")]
    public static partial void Refused(ILogger logger, int records, ContributionRefusal reason, RecordId record);

    [LoggerMessage(EventId = 304, Level = LogLevel.Warning, Message = "Observations of sensor {Sensor} of {Partner} wait: its description has not arrived.")]
    public static partial void SensorUnknown(ILogger logger, SensorId sensor, PartnerId partner);

    [LoggerMessage(EventId = 305, Level = LogLevel.Error, Message = "Fusing failed; what is left to do is tried again.")]
    public static partial void FusingFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 306, Level = LogLevel.Information, Message = "A newer description of sensor {Sensor} of {Partner} counts for all its observations.")]
    public static partial void SensorRedescribed(ILogger logger, SensorId sensor, PartnerId partner);

    [LoggerMessage(EventId = 307, Level = LogLevel.Error, Message = "Record {Record} of {Partner} is set aside: fusing fails on it.")]
    public static partial void SetAside(ILogger logger, RecordId record, PartnerId partner, Exception exception);

    [LoggerMessage(EventId = 308, Level = LogLevel.Error, Message = "The newer description of sensor {Sensor} of {Partner} does not reach the observations that are here: fusing fails on it.")]
    public static partial void DescriptionSetAside(ILogger logger, SensorId sensor, PartnerId partner, Exception exception);

    [LoggerMessage(EventId = 309, Level = LogLevel.Information, Message = "Took {Records} records out of the catalog that are used no more; {Sensors} sensors are without description.")]
    public static partial void Removed(ILogger logger, int records, int sensors);

    [LoggerMessage(EventId = 310, Level = LogLevel.Error, Message = "Associating anew without {Records} records that are used no more failed; they are out, and the rest stands as it was.")]
    public static partial void RemovingFailed(ILogger logger, int records, Exception exception);

    [LoggerMessage(EventId = 320, Level = LogLevel.Information, Message = "Took {Orbits} published orbits and manoeuvre notices to be screened.")]
    public static partial void OrbitsTaken(ILogger logger, int orbits);

    [LoggerMessage(EventId = 321, Level = LogLevel.Warning, Message = "{Records} published orbits or notices are not screened: {Reason}. The first is {Record}.")]
    public static partial void OrbitsRefused(ILogger logger, int records, OrbitRefusal reason, RecordId record);

    [LoggerMessage(EventId = 322, Level = LogLevel.Information, Message = "Took {Records} published orbits and notices out of the screening that are used no more.")]
    public static partial void OrbitsRemoved(ILogger logger, int records);

    [LoggerMessage(EventId = 323, Level = LogLevel.Error, Message = "Reading published orbits failed; it is tried again.")]
    public static partial void OrbitReadingFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 324, Level = LogLevel.Information, Message = "Screened {Orbits} orbits, {Added} new, {Removed} gone: {BlocksNew} blocks of time whole, {BlocksAgain} for what changed; {Pairs} pairs examined, {Assessed} probabilities, {SetAside} orbits set aside, in {Milliseconds} ms.")]
    public static partial void Screened(ILogger logger, int orbits, int added, int removed, int blocksNew, int blocksAgain, long pairs, int assessed, int setAside, long milliseconds);

    [LoggerMessage(EventId = 325, Level = LogLevel.Warning, Message = "{Orbits} orbits are not screened. The first is {Orbit}: {Reason}")]
    public static partial void OrbitSetAside(ILogger logger, int orbits, string orbit, string reason);

    [LoggerMessage(EventId = 330, Level = LogLevel.Error, Message = "Screening fails with {Orbit}; it is set aside for a day, or until it is replaced.")]
    public static partial void OrbitFails(ILogger logger, string orbit, Exception exception);

    [LoggerMessage(EventId = 331, Level = LogLevel.Warning, Message = "{Orbits} published orbits are not screened: {Reason}.")]
    public static partial void OrbitsUnscreened(ILogger logger, int orbits, UnscreenedReason reason);

    [LoggerMessage(EventId = 326, Level = LogLevel.Error, Message = "Screening failed; it is tried again.")]
    public static partial void ScreeningFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 327, Level = LogLevel.Information, Message = "Published {Messages} conjunction messages for {Reader}.")]
    public static partial void MessagesPublished(ILogger logger, int messages, PartnerId reader);

    [LoggerMessage(EventId = 328, Level = LogLevel.Information, Message = "Withdrew {Messages} conjunction messages: what they rest on counts no more for their readers.")]
    public static partial void MessagesWithdrawn(ILogger logger, long messages);

    [LoggerMessage(EventId = 329, Level = LogLevel.Warning, Message = "{Messages} conjunction messages for {Reader} wait: {Most} were made within the hour.")]
    public static partial void MessagesWait(ILogger logger, int messages, PartnerId reader, int most);

    [LoggerMessage(EventId = 332, Level = LogLevel.Warning, Message = "The clock went back by {Seconds} s: close approaches are looked for anew, without their histories.")]
    public static partial void ClockWentBack(ILogger logger, double seconds);

    [LoggerMessage(EventId = 335, Level = LogLevel.Error, Message = "No conjunction message of {First} and {Second} can be made for {Reader}.")]
    public static partial void MessageFailed(ILogger logger, string first, string second, PartnerId reader, Exception exception);

    [LoggerMessage(EventId = 336, Level = LogLevel.Error, Message = "Making conjunction messages for {Reader} failed; it is tried again.")]
    public static partial void MessagesFailed(ILogger logger, PartnerId reader, Exception exception);

    [LoggerMessage(EventId = 337, Level = LogLevel.Error, Message = "{Messages} conjunction messages that were held cannot be read and are not published. The first is {Record}.")]
    public static partial void MessagesUnreadable(ILogger logger, int messages, RecordId record);

    [LoggerMessage(EventId = 340, Level = LogLevel.Error, Message = "An orbit cannot be followed and is not screened: {Records}.")]
    public static partial void OrbitNotFollowed(ILogger logger, string records, Exception exception);
}
