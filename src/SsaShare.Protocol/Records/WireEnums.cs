using SsaShare.Domain;
using V1 = SsaShare.Protocol.Common.V1;

namespace SsaShare.Protocol;

/// <summary>Enumerations of the wire to those of the domain. A value that this version does not know is a "no", never a default.</summary>
internal static class WireEnums
{
    public static bool TryRead(V1.RecordClass wire, out RecordClass value)
    {
        value = (RecordClass)(int)wire;
        return value != RecordClass.Unspecified && Enum.IsDefined(value);
    }

    public static bool TryRead(V1.DataMode wire, out DataMode value)
    {
        value = (DataMode)(int)wire;
        return value != DataMode.Unspecified && Enum.IsDefined(value);
    }

    public static bool TryRead(V1.HandlingLevel wire, out HandlingLevel value)
    {
        value = (HandlingLevel)(int)wire;
        return value != HandlingLevel.Unspecified && Enum.IsDefined(value);
    }

    public static bool TryRead(V1.Frame wire, out Frame value)
    {
        value = (Frame)(int)wire;
        return value != Frame.Unspecified && Enum.IsDefined(value);
    }

    public static V1.RecordClass Write(RecordClass value) => (V1.RecordClass)(int)value;
    public static V1.DataMode Write(DataMode value) => (V1.DataMode)(int)value;
    public static V1.HandlingLevel Write(HandlingLevel value) => (V1.HandlingLevel)(int)value;
    public static V1.Frame Write(Frame value) => (V1.Frame)(int)value;
}
