namespace SsaShare.Formats;

/// <summary>How the events of a message are written down.</summary>
public enum NdmSyntax
{
    /// <summary>Lines of the form KEYWORD = value.</summary>
    Kvn = 1,
    /// <summary>CCSDS 505.0-B.</summary>
    Xml = 2,
    /// <summary>The structure of the XML in JSON; see <see cref="NdmFormats"/>.</summary>
    Json = 3,
}
