using System.Collections;
using System.Management.Automation;

namespace Asterisell.PowerShell.Selection;

/// <summary>
/// Takes texts and numbers for names, and no other object: PowerShell would make a text of anything that comes through the pipeline, and a
/// host's text is not the name of an instance.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NamesAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object value = Unwrap(inputData);
        if (value is string or ValueType || (value is IEnumerable list && list.Cast<object>().Select(Unwrap).All(one => one is string or ValueType)))
        {
            return inputData;
        }

        // With an invalid cast inside, PowerShell goes on to look for another parameter that takes the object.
        string message = $"A {value.GetType().Name} is no name.";
        throw new ArgumentTransformationMetadataException(message, new PSInvalidCastException(message));
    }

    private static object Unwrap(object value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
