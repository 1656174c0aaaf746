namespace SsaShare.Formats;

/// <summary>
/// The way between mean elements and the events of orbit mean-elements messages, by which element sets are written in KVN, XML and JSON, and such messages as element sets.
/// </summary>
/// <remarks>
/// The message's header, covariance and other keywords are <see cref="MeanElements.Further"/>. Keywords that the message does not have become the user's own, as Space-Track has it
/// (USER_DEFINED_GP_ID); its version and empty keywords are not kept. Several comments become one, with " | " between them, and stand in the header when they are written again.
/// </remarks>
public static class MeanElementsNdm
{
    /// <summary>Word of the message for an object without designator or name.</summary>
    internal const string Unknown = "UNKNOWN";

    internal const string Comment = "COMMENT", UserDefined = "USER_DEFINED_", CommentBreak = " | ";

    /// <summary>A writer of mean elements that writes each as a message with a writer of events.</summary>
    /// <param name="to">Stays the caller's: it is not completed.</param>
    /// <param name="options">Name the originator and the date of messages whose elements do not.</param>
    public static IFormatWriter<MeanElements> ToNdm(IFormatWriter<NdmEvent> to, FormatWriteOptions options) => new MeanElementsToNdm(to, options);

    /// <summary>A writer of events that writes each orbit mean-elements message with a writer of mean elements. Messages of other kinds are refused.</summary>
    /// <param name="to">Stays the caller's: it is not completed.</param>
    public static IFormatWriter<NdmEvent> FromNdm(IFormatWriter<MeanElements> to, FormatWriteOptions options) => new NdmToMeanElements(to, options);
}
